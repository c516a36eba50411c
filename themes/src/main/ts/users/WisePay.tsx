import { List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import type { Deactivation, User, WisePayLink } from "../api/client";
import { queries } from "../api/queries";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useTimes } from "../ui/useTimes";
import { Detail } from "./Detail";

type WisePayProps = { user: User; deactivations: Deactivation[] | undefined };

/** For a disabled user: whether Wise-Pay was notified, and the links it has deactivated. */
export const WisePay = ({ user, deactivations }: WisePayProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  if (user.enabled) {
    return null;
  }
  return (
    <Panel title={t("wisePay")}>
      <div aria-live="polite">
        <Detail data={deactivations} query={queries.deactivationsOf(account.id, user.id)}>
          {(read) =>
            read.length === 0 ? (
              <p>{t("wisePayNotNotified")}</p>
            ) : (
              read.map((deactivation) => (
                <DeactivationState key={deactivation.id} deactivation={deactivation} />
              ))
            )
          }
        </Detail>
      </div>
    </Panel>
  );
};

export const DeactivationState = ({ deactivation }: { deactivation: Deactivation }) => {
  const { t } = useTranslation();
  const at = useTimes();
  const { staff } = useMe();
  const { state, attempts, lastError, createdAt, deliveredAt, deactivated, links = [] } = deactivation;
  if (state === "delivered") {
    const time = at(deliveredAt ?? createdAt);
    return (
      <Notice
        isPlain
        variant="success"
        title={
          deactivated.length > 0
            ? t("linksDeactivated", { count: deactivated.length, time })
            : t("noLinksDeactivated", { time })
        }
      >
        {deactivated.length > 0 && <FirstLinks links={deactivated} />}
      </Notice>
    );
  }
  if (state === "failed") {
    return (
      <Notice isPlain variant="danger" title={t("deactivationFailed", { time: at(createdAt) })}>
        <p>{staff ? t("deactivationFailedForStaff") : t("deactivationFailedDescription")}</p>
        {lastError && <p>{lastError}</p>}
      </Notice>
    );
  }
  if (state === "held" || state === "dismissed") {
    return (
      <Notice
        isPlain
        variant={state === "held" ? "warning" : "info"}
        title={
          state === "dismissed"
            ? t("deactivationDismissed")
            : staff
              ? t("deactivationHeldForStaff")
              : t("deactivationHeld")
        }
      >
        {lastError && <p>{lastError}</p>}
        {state === "held" && links.length > 0 && (
          <>
            <p>{t("linksConcerned", { count: links.length })}</p>
            <FirstLinks links={links} />
          </>
        )}
      </Notice>
    );
  }
  return (
    <Notice
      isPlain
      variant="info"
      title={attempts > 0 ? t("deactivationWaiting", { count: attempts }) : t("deactivationUnderWay")}
    >
      {lastError && <p>{lastError}</p>}
    </Notice>
  );
};

const FEW = 3;

/** The names of the first links, and how many more there are. */
const FirstLinks = ({ links }: { links: WisePayLink[] }) => {
  const { t } = useTranslation();
  const shown = links.length > FEW + 1 ? links.slice(0, FEW) : links;
  return (
    <List isPlain>
      {shown.map((link) => (
        <ListItem key={link.id}>{link.name ?? link.id}</ListItem>
      ))}
      {shown.length < links.length && (
        <ListItem>{t("moreLinks", { count: links.length - shown.length })}</ListItem>
      )}
    </List>
  );
};
