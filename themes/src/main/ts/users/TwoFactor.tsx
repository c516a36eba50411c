import { useAlerts } from "@keycloak/keycloak-ui-shared";
import { Button, Card, CardBody, CardTitle, List, ListItem } from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Schemas, type User } from "../api/client";
import { queries } from "../api/queries";
import { Confirmation } from "../ui/Confirmation";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";

/** The devices somebody proves themselves with, and taking them away when one is lost. */
export const TwoFactor = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const [isOpen, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      content(
        api.DELETE("/accounts/{account}/users/{user}/two-factor", {
          params: { path: { account: account.id, user: user.id } },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["account", account.id] });
      addAlert(t("devicesRemoved"));
    },
    onError: report,
    onSettled: () => setOpen(false),
  });
  return (
    <Card>
      <CardTitle component="h2">{t("twoFactor")}</CardTitle>
      <CardBody>
        <p className="wise-sync-notice">{user.twoFactor ? t("twoFactorByApp") : t("twoFactorByMail")}</p>
        {user.twoFactor && <Devices user={user} />}
        {user.twoFactor && (
          <Button variant="secondary" onClick={() => setOpen(true)}>
            {t("removeDevices")}
          </Button>
        )}
      </CardBody>
      {isOpen && (
        <Confirmation
          title={t("removeDevicesTitle")}
          confirm={t("removeDevices")}
          isDanger
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setOpen(false)}
        >
          {t("removeDevicesDescription")}
        </Confirmation>
      )}
    </Card>
  );
};

const Devices = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const at = useTimes();
  const devices = useQuery(queries.devices(account.id, user.id));
  const types: Record<Schemas["Device"]["type"], string> = {
    app: t("deviceApp"),
    key: t("deviceKey"),
    "recovery-codes": t("deviceRecovery"),
  };
  return (
    <List aria-label={t("devices")} className="wise-sync-notice">
      {devices.data?.map(({ type, label, createdAt }) => (
        <ListItem key={`${type} ${createdAt}`}>
          <strong>{label || types[type]}</strong>
          {label && ` (${types[type]})`} {t("deviceSince", { time: at(createdAt) })}
        </ListItem>
      ))}
    </List>
  );
};
