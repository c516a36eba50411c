import { Button } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { refresh } from "../api/queries";
import { useAlerts } from "../ui/Alerts";
import { Confirmation } from "../ui/Confirmation";
import { useReport } from "../ui/useReport";
import { DisableDialog } from "./DisableDialog";
import { fullName } from "./roles";

type Action = "disable" | "enable";

/** Disables or enables a user. Users cannot disable themselves. */
export const EnableOrDisable = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  // Decided when the dialog opens: it must not turn into the other one when the user changes beneath it.
  const [dialog, setDialog] = useState<Action>();
  const params = { path: { account: account.id, user: user.id } };
  const name = fullName(user) || user.username;

  const change = useMutation({
    mutationFn: (action: Action) =>
      action === "disable"
        ? content(api.POST("/accounts/{account}/users/{user}/disable", { params }))
        : content(api.POST("/accounts/{account}/users/{user}/enable", { params })),
    onSuccess: (_, action) => {
      setDialog(undefined);
      addAlert(action === "disable" ? t("userDisabled", { name }) : t("userEnabled", { name }));
      void refresh(client, ["account", account.id]);
      void refresh(client, ["accounts"]);
    },
    onError: (error) => {
      setDialog(undefined);
      report(error);
    },
  });

  if (user.id === me.id) {
    return null;
  }
  const close = () => setDialog(undefined);
  return (
    <>
      <Button
        variant="secondary"
        isDanger={user.enabled}
        onClick={() => setDialog(user.enabled ? "disable" : "enable")}
      >
        {user.enabled ? t("disableAccount") : t("enableAccount")}
      </Button>
      {dialog === "disable" && (
        <DisableDialog
          user={user}
          isBusy={change.isPending}
          onConfirm={() => change.mutate("disable")}
          onClose={close}
        />
      )}
      {dialog === "enable" && (
        <Confirmation
          title={t("enableTitle", { name })}
          confirm={t("enableAccount")}
          isBusy={change.isPending}
          onConfirm={() => change.mutate("enable")}
          onClose={close}
        >
          {t("enableDescription")}
        </Confirmation>
      )}
    </>
  );
};
