import { Button } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { Changes } from "../activity/Changes";
import { useActivityWords, type Entry } from "../activity/useActivityWords";
import type { User } from "../api/client";
import { queries } from "../api/queries";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useInView } from "../ui/useInView";
import { useTimes } from "../ui/useTimes";

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
                <Changes entry={entry} />
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

/** What happened, and the actor unless it was the user. */
const useWords = (user: User) => {
  const { t } = useTranslation();
  const { what, who } = useActivityWords();
  return (entry: Entry) =>
    entry.by?.id === user.id ? what(entry) : t("activityBy", { what: what(entry), who: who(entry) });
};
