import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { Action } from "../ui/Action";
import { isLockedOut } from "../ui/isLockedOut";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { useTimes } from "../ui/useTimes";
import { fullName } from "./roles";

/** For a user who is locked out after failed logins: until when, and ending it. */
export const LockedOut = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const at = useTimes();
  const unlock = useChange({
    call: () =>
      content(
        api.POST("/accounts/{account}/users/{user}/unlock", {
          params: { path: { account: account.id, user: user.id } },
        }),
      ),
    done: () => t("userUnlocked", { name: fullName(user) || user.username }),
    changed: ["account", account.id],
  });
  if (!user.lockedUntil || !isLockedOut(user)) {
    return null;
  }
  return (
    <Panel title={t("lockout")}>
      <Notice
        isPlain
        variant="warning"
        title={t("lockedUntil", { time: at(user.lockedUntil) })}
        className="wise-sync-notice"
      >
        {t("lockedOutDescription")}
      </Notice>
      <Action variant="secondary" isBusy={unlock.isPending} onClick={() => unlock.mutate()}>
        {t("unlock")}
      </Action>
    </Panel>
  );
};
