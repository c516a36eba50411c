import { Alert, Button, Card, CardBody, CardTitle, Spinner } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Schemas, User } from "../api/client";
import { queries } from "../api/queries";
import { useErrorText } from "../ui/errorText";
import { useTimes } from "../ui/useTimes";

type Entry = Schemas["Activity"];

const FEW = 8;
/** The most that the API gives at once. */
const MANY = 100;

/** What somebody did and what was done to them, in words. */
export const Activity = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const at = useTimes();
  const text = useErrorText();
  const inWords = useWords(user);
  const [max, setMax] = useState(FEW);
  const activity = useQuery(queries.activity(account.id, user.id, max));
  return (
    <Card>
      <CardTitle component="h2">{t("activity")}</CardTitle>
      <CardBody>
        {activity.isPending && <Spinner size="md" aria-label={t("spinnerLoading")} />}
        {activity.isError && (
          <Alert isInline isPlain variant="warning" component="p" title={text(activity.error)} />
        )}
        {activity.data?.length === 0 && <p>{t("activityNone")}</p>}
        {activity.data && activity.data.length > 0 && (
          <ul className="wise-sync-activity" aria-label={t("activity")}>
            {activity.data.map((entry, index) => (
              <li key={`${entry.at} ${index}`}>
                <time dateTime={entry.at}>{at(entry.at)}</time>
                <span>{inWords(entry)}</span>
              </li>
            ))}
          </ul>
        )}
        {max === FEW && activity.data?.length === FEW && (
          <Button variant="link" isInline onClick={() => setMax(MANY)}>
            {t("showMore")}
          </Button>
        )}
      </CardBody>
    </Card>
  );
};

const useWords = (user: User) => {
  const { t } = useTranslation();
  const fields: Record<Entry["fields"][number], string> = {
    role: t("role"),
    companies: t("companies"),
    firstName: t("firstName"),
    lastName: t("lastName"),
    email: t("email"),
    username: t("username"),
  };
  const what = (entry: Entry): string => {
    const changed = entry.fields.map((field) => fields[field]).join(", ");
    const texts: Record<Entry["what"], string> = {
      "logged-in": entry.application
        ? t("activityLoggedInAt", { application: entry.application })
        : t("activityLoggedIn"),
      "login-failed": t("activityLoginFailed"),
      "logged-out": t("activityLoggedOut"),
      "locked-out": t("activityLockedOut"),
      impersonated: t("activityImpersonated"),
      created: t("activityCreated"),
      changed: changed ? t("activityChanged", { fields: changed }) : t("activityEdited"),
      disabled: t("activityDisabled"),
      enabled: t("activityEnabled"),
      "password-changed": t("activityPasswordChanged"),
      "password-link-mailed": t("activityPasswordLink"),
      "device-added": t("activityDeviceAdded"),
      "devices-removed": t("activityDevicesRemoved"),
      "autotask-stored": t("activityAutotaskStored"),
      "autotask-removed": t("activityAutotaskRemoved"),
      "autotask-read": t("activityAutotaskRead"),
    };
    return texts[entry.what];
  };
  return (entry: Entry) =>
    entry.by?.id === user.id
      ? what(entry)
      : t("activityBy", { what: what(entry), who: entry.by?.username ?? t("brand") });
};
