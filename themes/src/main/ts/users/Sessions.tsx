import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import { api, content, type Schemas, type User } from "../api/client";
import { queries } from "../api/queries";
import { session } from "../session/session";
import { Confirmation } from "../ui/Confirmation";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { useTimes } from "../ui/useTimes";
import { Detail } from "./Detail";
import { fullName } from "./roles";

type SessionsProps = { user: User; sessions: Schemas["Session"][] | undefined };

/** Lists a user's sessions and can end all of them. */
export const Sessions = ({ user, sessions }: SessionsProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  return (
    <Panel title={t("sessions")}>
      <Detail data={sessions} query={queries.sessions(account.id, user.id)}>
        {(read) =>
          read.length === 0 ? (
            <p>{t("sessionsNone")}</p>
          ) : (
            <>
              <ul className="wise-sync-activity" aria-label={t("sessions")}>
                {read.map((open, index) => (
                  <SessionItem key={`${open.id} ${index}`} open={open} />
                ))}
              </ul>
              <LogOutEverywhere user={user} />
            </>
          )
        }
      </Detail>
    </Panel>
  );
};

const SessionItem = ({ open }: { open: Schemas["Session"] }) => {
  const { t } = useTranslation();
  const at = useTimes();
  // Keycloak's own clients have no name that users know.
  const names: Record<string, string> = {
    "security-admin-console": t("userAdministration"),
    "account-console": t("personalSettings"),
  };
  const applications = open.clients.map((name) => names[name] ?? name).join(", ");
  return (
    <li>
      <strong>{applications || t("sessionNoApplication")}</strong>
      <span>
        {open.ipAddress
          ? t("sessionSinceFrom", { time: at(open.startedAt), address: open.ipAddress })
          : t("sessionSince", { time: at(open.startedAt) })}
      </span>
      <span>{t("sessionUsed", { time: at(open.lastAccess) })}</span>
    </li>
  );
};

const LogOutEverywhere = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const isSelf = user.id === me.id;
  const name = fullName(user) || user.username;
  const end = useChange({
    call: () =>
      content(
        api.DELETE("/accounts/{account}/users/{user}/sessions", {
          params: { path: { account: account.id, user: user.id } },
        }),
      ),
    done: () => {
      if (isSelf) {
        session.expire();
        return undefined;
      }
      return t("loggedOutEverywhere", { name });
    },
    changed: ["account", account.id, "user", user.id],
    onSettled: () => setOpen(false),
  });
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {t("logOutEverywhere")}
      </Button>
      {isOpen && (
        <Confirmation
          title={isSelf ? t("logOutYourselfTitle") : t("logOutEverywhereTitle", { name })}
          confirm={t("logOutEverywhere")}
          isDanger
          isBusy={end.isPending}
          onConfirm={() => end.mutate()}
          onClose={() => setOpen(false)}
        >
          {isSelf ? t("logOutYourselfDescription") : t("logOutEverywhereDescription")}
        </Confirmation>
      )}
    </>
  );
};
