import { Alert, Card, CardBody, CardTitle, List, ListItem, Spinner } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Deactivation, User } from "../api/client";
import { queries } from "../api/queries";
import { useErrorText } from "../ui/errorText";
import { useTimes } from "../ui/useTimes";

/** What Wise-Pay was told when this user was disabled, and whether it has confirmed it. */
export const WisePay = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const text = useErrorText();
  const deactivations = useQuery(queries.deactivationsOf(account.id, user.id));
  if (deactivations.data?.length === 0 && user.enabled) {
    return null;
  }
  return (
    <Card>
      <CardTitle component="h2">{t("wisePay")}</CardTitle>
      <CardBody aria-live="polite">
        {deactivations.isPending && <Spinner size="md" aria-label={t("spinnerLoading")} />}
        {deactivations.isError && (
          <Alert isInline isPlain variant="warning" component="p" title={text(deactivations.error)} />
        )}
        {deactivations.data?.length === 0 && <p>{t("wisePayNotTold")}</p>}
        {deactivations.data?.map((deactivation) => (
          <DeactivationState key={deactivation.id} deactivation={deactivation} />
        ))}
      </CardBody>
    </Card>
  );
};

export const DeactivationState = ({ deactivation }: { deactivation: Deactivation }) => {
  const { t } = useTranslation();
  const at = useTimes();
  const { state, attempts, lastError, createdAt, deliveredAt, deactivated } = deactivation;
  if (state === "delivered") {
    const time = at(deliveredAt ?? createdAt);
    return (
      <Alert
        isInline
        isPlain
        variant="success"
        component="p"
        title={
          deactivated.length > 0
            ? t("linksMadeInactive", { count: deactivated.length, time })
            : t("noLinksMadeInactive", { time })
        }
      >
        {deactivated.length > 0 && (
          <List isPlain>
            {deactivated.map((link) => (
              <ListItem key={link.id}>{link.name ?? link.id}</ListItem>
            ))}
          </List>
        )}
      </Alert>
    );
  }
  if (state === "failed") {
    return (
      <Alert
        isInline
        isPlain
        variant="danger"
        component="p"
        title={t("deactivationFailed", { time: at(createdAt) })}
      >
        <p>{t("deactivationFailedDescription")}</p>
        {lastError && <p>{lastError}</p>}
      </Alert>
    );
  }
  return (
    <Alert
      isInline
      isPlain
      variant="info"
      component="p"
      title={attempts > 0 ? t("deactivationWaiting", { count: attempts }) : t("deactivationUnderWay")}
    >
      {lastError && <p>{lastError}</p>}
    </Alert>
  );
};
