import { Button } from "@patternfly/react-core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Company, Schemas } from "../api/client";
import { loaded } from "../api/errors";
import { Action } from "../ui/Action";
import { useReport } from "../ui/useReport";
import { allUsers, type Matching } from "./allUsers";
import type { UserSelection } from "./useSelection";

type BulkAction = Schemas["BulkInput"]["action"];

type BulkBarProps = {
  selection: UserSelection;
  filter: Matching;
  total: number;
  companies: Company[];
};

/** How many users are selected, and what can be done with them; below the list, so that no row moves when it appears. */
export const BulkBar = ({ selection, filter, total, companies }: BulkBarProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const report = useReport();
  const { count, selectAll, clear } = selection;
  // The dialog needs a chunk that the list does not need.
  const opening = useMutation({
    mutationFn: async (action: BulkAction) => {
      const [{ BulkDialog }, users] = await Promise.all([
        loaded(import("./BulkDialog")),
        selection.read(() => allUsers(account.id, filter)),
      ]);
      return { BulkDialog, users, action };
    },
    onError: report,
  });
  if (count === 0) {
    return null;
  }
  const { BulkDialog, users, action: opened } = opening.data ?? {};
  const button = (action: BulkAction, text: string, isDanger = false) => (
    <Action
      variant="secondary"
      size="sm"
      isDanger={isDanger}
      isBusy={opening.isPending && opening.variables === action}
      onClick={() => !opening.isPending && opening.mutate(action)}
    >
      {text}
    </Action>
  );
  return (
    <section className="wise-sync-bulk" aria-label={t("selectedUsers")}>
      <span className="wise-sync-bulk__count">
        <strong role="status">{t("usersSelected", { count })}</strong>
        {count < total && (
          <Button variant="link" isInline onClick={selectAll}>
            {t("selectAllUsers", { count: total })}
          </Button>
        )}
        <Button variant="link" isInline onClick={clear}>
          {t("deselectAll")}
        </Button>
      </span>
      <span className="wise-sync-actions">
        {companies.length > 0 && (
          <>
            {button("assign", t("assignCompanies"))}
            {button("unassign", t("unassignCompanies"))}
          </>
        )}
        {button("invite", t("inviteAgain"))}
        {button("disable", t("disable"), true)}
      </span>
      {BulkDialog && users && opened && (
        <BulkDialog
          action={opened}
          users={users}
          companies={companies}
          onDone={clear}
          onClose={opening.reset}
        />
      )}
    </section>
  );
};
