import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { Confirmation } from "../ui/Confirmation";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { fullName } from "./roles";

type Action = "keepDisabled" | "unlink";
type DialogProps = { action: Action; user: User; onClose: () => void };

/** Shows that the directory of the account manages the user; unlinks them, or keeps them disabled. */
export const ManagedByDirectory = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Action>();
  return user.managedBy === "scim" ? (
    <Panel title={t("directory")}>
      <p className="wise-sync-notice">{t("managedByDirectory")}</p>
      <div className="wise-sync-actions">
        {!user.enabled && (
          <Button variant="secondary" onClick={() => setDialog("keepDisabled")}>
            {t("keepDisabled")}
          </Button>
        )}
        <Button variant="secondary" onClick={() => setDialog("unlink")}>
          {t("unlinkUser")}
        </Button>
      </div>
      {dialog && <ActionDialog action={dialog} user={user} onClose={() => setDialog(undefined)} />}
    </Panel>
  ) : null;
};

/** Keeping users disabled disables them again here: from then on, the directory cannot enable them. */
const ActionDialog = ({ action, user, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const name = fullName(user) || user.username;
  const options = { params: { path: { account: account.id, user: user.id } } };
  const texts = {
    keepDisabled: {
      title: t("keepDisabledTitle", { name }),
      confirm: t("keepDisabled"),
      description: t("keepDisabledDescription"),
      done: t("userKeptDisabled", { name }),
    },
    unlink: {
      title: t("unlinkUserTitle", { name }),
      confirm: t("unlinkUser"),
      description: t("unlinkUserDescription"),
      done: t("userUnlinked", { name }),
    },
  }[action];
  const change = useChange({
    call: () =>
      content(
        action === "unlink"
          ? api.DELETE("/accounts/{account}/users/{user}/scim-link", options)
          : api.POST("/accounts/{account}/users/{user}/disable", options),
      ),
    done: () => texts.done,
    changed: ["account", account.id],
    onSettled: onClose,
  });
  return (
    <Confirmation
      title={texts.title}
      confirm={texts.confirm}
      isDanger={action === "unlink"}
      isBusy={change.isPending}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {texts.description}
    </Confirmation>
  );
};
