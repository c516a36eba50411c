import { Button, List, ListItem } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import { api, content, type Schemas, type User } from "../api/client";
import { queries } from "../api/queries";
import { AccountConsoleLink } from "../ui/AccountConsoleLink";
import { Confirmation } from "../ui/Confirmation";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { useTimes } from "../ui/useTimes";
import { Detail } from "./Detail";
import { useSecondFactor } from "./secondFactor";

type TwoFactorProps = { user: User; devices: Schemas["Device"][] | undefined };

/** The second factors a user has set up, and removing them when a device is lost. */
export const TwoFactor = ({ user, devices }: TwoFactorProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const isSelf = user.id === me.id;
  const secondFactor = useSecondFactor(user);
  const remove = useChange({
    call: () =>
      content(
        api.DELETE("/accounts/{account}/users/{user}/two-factor", {
          params: { path: { account: account.id, user: user.id } },
        }),
      ),
    done: () => t("factorsRemoved"),
    changed: ["account", account.id],
    onSettled: () => setOpen(false),
  });
  const described = () => {
    if (isSelf) {
      return user.twoFactor ? t("ownFactor") : t("ownEmailedCode");
    }
    const texts = { own: t("hasFactor"), code: t("hasEmailedCode"), none: t("hasNoFactor") };
    const factor = secondFactor(user);
    return factor && texts[factor];
  };
  return (
    <Panel title={t("twoFactor")}>
      <p className="wise-sync-notice">{described()}</p>
      {user.twoFactor && (
        <Detail data={devices} query={queries.devices(account.id, user.id)}>
          {(read) => <Factors devices={read} />}
        </Detail>
      )}
      {isSelf ? (
        <AccountConsoleLink text={t("ownFactors")} />
      ) : (
        user.twoFactor && (
          <Button variant="secondary" onClick={() => setOpen(true)}>
            {t("removeFactors")}
          </Button>
        )
      )}
      {isOpen && (
        <Confirmation
          title={t("removeFactorsTitle")}
          confirm={t("removeFactors")}
          isDanger
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setOpen(false)}
        >
          {t("removeFactorsDescription")}
        </Confirmation>
      )}
    </Panel>
  );
};

const Factors = ({ devices }: { devices: Schemas["Device"][] }) => {
  const { t } = useTranslation();
  const at = useTimes();
  const types: Record<Schemas["Device"]["type"], string> = {
    app: t("factorApp"),
    key: t("factorKey"),
    "recovery-codes": t("factorRecovery"),
  };
  return (
    <div className="wise-sync-notice">
      <List aria-label={t("factors")}>
        {devices.map(({ type, label, createdAt }) => (
          <ListItem key={`${type} ${createdAt}`}>
            <strong>{label || types[type]}</strong>
            {label && ` (${types[type]})`}, {t("factorSince", { time: at(createdAt) })}
          </ListItem>
        ))}
      </List>
    </div>
  );
};
