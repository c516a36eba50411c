import { useAlerts } from "@keycloak/keycloak-ui-shared";
import { Button } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { Confirmation } from "../ui/Confirmation";
import { useReport } from "../ui/useReport";
import { DisableDialog } from "./DisableDialog";
import { fullName } from "./roles";

/** Turns an account off, or on again; nobody turns off their own. */
export const EnableOrDisable = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const [isOpen, setOpen] = useState(false);
  const params = { path: { account: account.id, user: user.id } };
  const name = fullName(user) || user.username;

  const change = useMutation({
    mutationFn: () =>
      user.enabled
        ? content(api.POST("/accounts/{account}/users/{user}/disable", { params }))
        : content(api.POST("/accounts/{account}/users/{user}/enable", { params })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["account", account.id] });
      void client.invalidateQueries({ queryKey: ["accounts"] });
      setOpen(false);
      addAlert(t(user.enabled ? "userDisabled" : "userEnabled", { name }));
    },
    onError: (error) => {
      setOpen(false);
      report(error);
    },
  });

  if (user.id === me.id) {
    return null;
  }
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="secondary" isDanger={user.enabled} onClick={() => setOpen(true)}>
        {t(user.enabled ? "disableAccount" : "enableAccount")}
      </Button>
      {isOpen && user.enabled && (
        <DisableDialog
          user={user}
          isBusy={change.isPending}
          onConfirm={() => change.mutate()}
          onClose={close}
        />
      )}
      {isOpen && !user.enabled && (
        <Confirmation
          title={t("enableTitle", { name })}
          confirm={t("enableAccount")}
          isBusy={change.isPending}
          onConfirm={() => change.mutate()}
          onClose={close}
        >
          {t("enableDescription")}
        </Confirmation>
      )}
    </>
  );
};
