import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { answer, api } from "../api/client";
import { ApiError } from "../api/errors";
import { queries, refresh, type VersionedUser } from "../api/queries";
import { useAlerts } from "../ui/Alerts";
import { inputOf, merge, profileOf, withFields, type Field, type Merge, type Profile } from "./profile";
import { useFieldNames } from "./useFieldNames";

type Saving = {
  profile: Profile;
  base: Profile;
  version: string | null;
  /** The fields of another change that the profile contains already. */
  adopted?: Field[];
};
type Saved = { versioned: VersionedUser; adopted: Field[] };

const MAX_ATTEMPTS = 3;
const COMPANY_UNKNOWN = "wiseSyncCompanyUnknown";

/** Another change clashes with the one to be saved. */
class Clash extends Error {
  constructor(
    readonly saved: VersionedUser,
    readonly merge: Merge,
  ) {
    super("Another change clashes with this one");
  }
}

export type Conflict = {
  /** What is saved now. */
  saved: Profile;
  /** What the form has, with the other changes that do not clash. */
  edited: Profile;
  clashes: Field[];
  keepEdited: () => void;
  keepSaved: () => void;
};

/** Saves over the version that was read. A change made meanwhile is merged; only what clashes is asked about. */
export const useSaveProfile = (
  id: string,
  onSaved: (saved: VersionedUser) => void,
  onRefused: (error: unknown) => void,
) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const names = useFieldNames();
  const { addAlert } = useAlerts();
  const [clash, setClash] = useState<Clash>();

  const put = async (profile: Profile, version: string | null): Promise<VersionedUser> => {
    const { data, response } = await answer(
      api.PUT("/accounts/{account}/users/{user}", {
        params: {
          path: { account: account.id, user: id },
          ...(version && { header: { "If-Match": version } }),
        },
        body: inputOf(profile),
      }),
    );
    return { user: data, version: response.headers.get("ETag") };
  };

  const saveMerged = async (saving: Saving, attempt = 1): Promise<Saved> => {
    const { profile, base, version, adopted = [] } = saving;
    try {
      return { versioned: await put(profile, version), adopted };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 412) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
      const now = await client.fetchQuery({ ...queries.userDetails(account.id, id), staleTime: 0 });
      const current = profileOf(now.user);
      const merged = merge(base, current, profile);
      if (merged.clashes.length > 0) {
        throw new Clash(now, merged);
      }
      return saveMerged(
        {
          profile: merged.merged,
          base: current,
          version: now.version,
          adopted: [...new Set([...adopted, ...merged.adopted])],
        },
        attempt + 1,
      );
    }
  };

  const save = useMutation({
    mutationFn: (saving: Saving) => saveMerged(saving),
    onSuccess: ({ versioned, adopted }) => {
      setClash(undefined);
      client.setQueryData(
        queries.userDetails(account.id, id).queryKey,
        (before) => before && { ...before, ...versioned },
      );
      onSaved(versioned);
      void refresh(client, ["account", account.id, "users"]);
      void refresh(client, ["accounts"]);
      void refresh(client, ["account", account.id, "user", id, "activity"]);
      addAlert(adopted.length > 0 ? t("savedMerged", { fields: names(adopted) }) : t("userSaved"));
    },
    onError: (error) => {
      setClash(error instanceof Clash ? error : undefined);
      if (!(error instanceof Clash)) {
        onRefused(error);
      }
      if (error instanceof ApiError && error.hasKey(COMPANY_UNKNOWN)) {
        void refresh(client, queries.companies(account.id).queryKey);
      }
    },
  });

  const resolve = ({ saved, merge: { merged, clashes, adopted } }: Clash): Conflict => {
    const current = profileOf(saved.user);
    const saveOver = (profile: Profile) =>
      save.mutate({ profile, base: current, version: saved.version, adopted });
    return {
      saved: current,
      edited: merged,
      clashes,
      keepEdited: () => saveOver(merged),
      keepSaved: () => {
        const rest = withFields(merged, current, clashes);
        if (JSON.stringify(inputOf(rest)) === JSON.stringify(inputOf(current))) {
          setClash(undefined);
          onSaved(saved);
        } else {
          saveOver(rest);
        }
      },
    };
  };

  return { save, conflict: clash && resolve(clash), dropConflict: () => setClash(undefined) };
};
