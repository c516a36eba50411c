import { Button } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Schemas, User } from "../api/client";
import { queries } from "../api/queries";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useInView } from "../ui/useInView";
import { useTimes } from "../ui/useTimes";
import { FIELDS } from "./profile";
import { useFieldNames } from "./useFieldNames";

type Entry = Schemas["Activity"];

const FEW = 8;
/** The maximum page size of the API. */
const MANY = 100;

/** What a user did and what was done to them, in words; loaded when it comes into view. */
export const Activity = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const at = useTimes();
  const text = useErrorText();
  const inWords = useWords(user);
  const [max, setMax] = useState(FEW);
  const place = useRef<HTMLDivElement>(null);
  const isInView = useInView(place);
  const activity = useQuery({ ...queries.activity(account.id, user.id, max), enabled: isInView });
  return (
    <Panel title={t("activity")}>
      <div ref={place}>
        {activity.isPending && <Progress />}
        {activity.isError && <Notice isPlain variant="warning" title={text(activity.error)} />}
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
      </div>
    </Panel>
  );
};

const useWords = (user: User) => {
  const { t } = useTranslation();
  const names = useFieldNames();
  const what = (entry: Entry): string => {
    const changed = names(FIELDS.filter((field) => entry.fields.includes(field)));
    const texts: Record<Entry["what"], string> = {
      "logged-in": entry.application
        ? t("activityLoggedInAt", { application: entry.application })
        : t("activityLoggedIn"),
      "login-failed": t("activityLoginFailed"),
      "logged-out": t("activityLoggedOut"),
      "locked-out": t("activityLockedOut"),
      unlocked: t("activityUnlocked"),
      "sessions-ended": t("activitySessionsEnded"),
      impersonated: t("activityImpersonated"),
      created: t("activityCreated"),
      changed: changed ? t("activityChanged", { fields: changed }) : t("activityEdited"),
      disabled: t("activityDisabled"),
      enabled: t("activityEnabled"),
      deleted: t("activityDeleted"),
      "password-changed": t("activityPasswordChanged"),
      "password-link-mailed": t("activityPasswordLink"),
      "invitation-mailed": t("activityInvitationEmailed"),
      "invitation-revoked": t("activityInvitationRevoked"),
      "device-added": t("activityFactorAdded"),
      "devices-removed": t("activityFactorsRemoved"),
      "autotask-stored": t("activityAutotaskStored"),
      "autotask-removed": t("activityAutotaskRemoved"),
      "autotask-read": t("activityAutotaskRead"),
      "scim-changed": t("activityScimChanged"),
      "account-created": t("activityAccountCreated"),
      "account-changed": t("activityAccountChanged"),
      "company-connected": t("activityCompanyConnected"),
      "company-changed": t("activityCompanyChanged"),
      "company-disconnected": t("activityCompanyDisconnected"),
    };
    return texts[entry.what];
  };
  return (entry: Entry) =>
    entry.by?.id === user.id
      ? what(entry)
      : t("activityBy", { what: what(entry), who: entry.by?.username ?? t("brand") });
};
