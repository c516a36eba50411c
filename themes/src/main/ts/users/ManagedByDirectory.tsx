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
type DialogProps = { user: User; onClose: () => void };

/** Shows that the directory of the account manages the user; unlinks them, or keeps them disabled. */
export const ManagedByDirectory = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Action>();
  const close = () => setDialog(undefined);
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
      {dialog === "keepDisabled" && <KeepDisabled user={user} onClose={close} />}
      {dialog === "unlink" && <Unlink user={user} onClose={close} />}
    </Panel>
  ) : null;
};

/** Disables a user that the directory may have disabled already: from then on, the directory cannot enable the user. */
const KeepDisabled = ({ user, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const name = fullName(user) || user.username;
  const disable = useChange({
    call: () =>
      content(
        api.POST("/accounts/{account}/users/{user}/disable", {
          params: { path: { account: account.id, user: user.id } },
        }),
      ),
    done: () => t("userKeptDisabled", { name }),
    changed: ["account", account.id],
    onSettled: onClose,
  });
  return (
    <Confirmation
      title={t("keepDisabledTitle", { name })}
      confirm={t("keepDisabled")}
      isBusy={disable.isPending}
      onConfirm={() => disable.mutate()}
      onClose={onClose}
    >
      {t("keepDisabledDescription")}
    </Confirmation>
  );
};

const Unlink = ({ user, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const name = fullName(user) || user.username;
  const unlink = useChange({
    call: () =>
      content(
        api.DELETE("/accounts/{account}/users/{user}/scim-link", {
          params: { path: { account: account.id, user: user.id } },
        }),
      ),
    done: () => t("userUnlinked", { name }),
    changed: ["account", account.id],
    onSettled: onClose,
  });
  return (
    <Confirmation
      title={t("unlinkUserTitle", { name })}
      confirm={t("unlinkUser")}
      isDanger
      isBusy={unlink.isPending}
      onConfirm={() => unlink.mutate()}
      onClose={onClose}
    >
      {t("unlinkUserDescription")}
    </Confirmation>
  );
};
