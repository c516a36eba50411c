import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { Confirmation } from "../ui/Confirmation";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { fullName } from "./roles";

/** Shows that the directory of the account manages the user, and unlinks them. */
export const ManagedByDirectory = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  return user.managedBy === "scim" ? (
    <Panel title={t("directory")}>
      <p className="wise-sync-notice">{t("managedByDirectory")}</p>
      <Button variant="secondary" onClick={() => setAsked(true)}>
        {t("unlinkUser")}
      </Button>
      {isAsked && <Unlink user={user} onClose={() => setAsked(false)} />}
    </Panel>
  ) : null;
};

const Unlink = ({ user, onClose }: { user: User; onClose: () => void }) => {
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
