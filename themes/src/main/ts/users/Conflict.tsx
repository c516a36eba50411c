import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import { useActivityWords } from "../activity/useActivityWords";
import type { Company } from "../api/client";
import { queries } from "../api/queries";
import { Action } from "../ui/Action";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { useTimes } from "../ui/useTimes";
import type { Field, Profile } from "./profile";
import { useRoles } from "./roles";
import { useFieldNames } from "./useFieldNames";
import type { Conflict as Clashing } from "./useSaveProfile";

type ConflictProps = {
  user: string;
  conflict: Clashing;
  companies: Company[];
  isSaving: boolean;
  onClose: () => void;
};

/** Two changes of the same fields: both values side by side, and the choice. */
export const Conflict = ({ user, conflict, companies, isSaving, onClose }: ConflictProps) => {
  const { t } = useTranslation();
  const names = useFieldNames();
  const inWords = useWords(companies);
  const description = useWhoAndWhen(user);
  return (
    <Dialog
      isWarning
      isLong
      size="medium"
      title={t("conflict", { count: conflict.clashes.length })}
      description={description}
      onClose={onClose}
      actions={
        <>
          <Action isBusy={isSaving} onClick={conflict.keepEdited}>
            {t("saveMine")}
          </Action>
          <Action variant="secondary" isOff={isSaving} onClick={conflict.keepSaved}>
            {t("keepSaved")}
          </Action>
        </>
      }
    >
      <DataTable
        label={t("conflict", { count: conflict.clashes.length })}
        cardsBelow="grid-md"
        rows={conflict.clashes}
        keyOf={(field) => field}
        columns={[
          { key: "field", title: t("field"), width: "24%", cell: (field) => names([field]) },
          { key: "saved", title: t("savedNow"), cell: (field) => inWords(conflict.saved, field) },
          { key: "edited", title: t("yours"), cell: (field) => inWords(conflict.edited, field) },
        ]}
      />
    </Dialog>
  );
};

const useWords = (companies: Company[]) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const nameOf = (id: string) => companies.find((company) => company.id === id)?.name ?? id;
  return (profile: Profile, field: Field): string => {
    if (field === "role") {
      return roles.name(profile.role || undefined);
    }
    if (field !== "companies") {
      return profile[field];
    }
    if (profile.role !== "user") {
      return profile.role === "account-admin" ? t("allCompanies") : t("none");
    }
    return profile.companies.map(nameOf).sort().join(", ");
  };
};

/** The change that this one clashes with: as the activity has it, it may be the same user's in another window. */
const useWhoAndWhen = (user: string) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const at = useTimes();
  const { who } = useActivityWords();
  const activity = useQuery({ ...queries.activity(account.id, user, RECENT), staleTime: 0 });
  const change = activity.data?.find(({ what }) => what === "changed");
  if (!change) {
    return t("conflictDescription");
  }
  const time = at(change.at);
  if (change.by?.id === me.id) {
    return t("conflictByYou", { time });
  }
  return t("conflictBy", { who: who(change), time });
};

const RECENT = 20;
