import { useAlerts } from "@keycloak/keycloak-ui-shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { answer, api } from "../api/client";
import { ApiError } from "../api/errors";
import { queries, type VersionedUser } from "../api/queries";
import { inputOf, type Profile } from "./profile";

type Saving = { profile: Profile; version: string | null };

/** Saves over the version that was read; when somebody was faster, there is a conflict to decide. */
export const useSaveProfile = (
  id: string,
  onSaved: (saved: VersionedUser) => void,
  onRefused: (error: unknown) => void,
) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const [conflict, setConflict] = useState<{ theirs: VersionedUser; mine: Profile }>();

  const save = useMutation({
    mutationFn: async ({ profile, version }: Saving) => {
      const { data, response } = await answer(
        api.PUT("/accounts/{account}/users/{user}", {
          params: {
            path: { account: account.id, user: id },
            ...(version && { header: { "If-Match": version } }),
          },
          body: inputOf(profile),
        }),
      );
      return { user: data, version: response.headers.get("ETag") } satisfies VersionedUser;
    },
    onSuccess: (saved) => {
      setConflict(undefined);
      client.setQueryData(queries.user(account.id, id).queryKey, saved);
      onSaved(saved);
      void client.invalidateQueries({ queryKey: ["account", account.id, "users"] });
      void client.invalidateQueries({ queryKey: ["accounts"] });
      void client.invalidateQueries({ queryKey: ["account", account.id, "user", id, "activity"] });
      addAlert(t("userSaved"));
    },
    onError: async (error, { profile }) => {
      if (error instanceof ApiError && error.status === 412) {
        try {
          const theirs = await client.fetchQuery({ ...queries.user(account.id, id), staleTime: 0 });
          setConflict({ theirs, mine: profile });
        } catch (failure) {
          onRefused(failure);
        }
        return;
      }
      setConflict(undefined);
      onRefused(error);
    },
  });
  return { save, conflict, dropConflict: () => setConflict(undefined) };
};
