import { Alert, Checkbox, List, ListItem, Spinner, Text, TextContent } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { User, WisePayLink } from "../api/client";
import { queries } from "../api/queries";
import { Confirmation } from "../ui/Confirmation";
import { fullName } from "./roles";

type DisableDialogProps = { user: User; isBusy: boolean; onConfirm: () => void; onClose: () => void };

const KINDS: readonly WisePayLink["kind"][] = ["proxy", "paynow-link", "email-link"];

/** What disabling somebody will stop, asked from Wise-Pay at this moment, before anybody confirms it. */
export const DisableDialog = ({ user, isBusy, onConfirm, onClose }: DisableDialogProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const [understood, setUnderstood] = useState(false);
  const links = useQuery(queries.wisePayLinks(account.id, user.id));
  const active = links.data?.filter(({ status }) => status === "active") ?? [];
  const mustConfirm = links.isError || active.length > 0;
  const names: Record<WisePayLink["kind"], (count: number) => string> = {
    proxy: (count) => t("kindProxy", { count }),
    "paynow-link": (count) => t("kindPayNowLink", { count }),
    "email-link": (count) => t("kindEmailLink", { count }),
  };
  const effects: Record<WisePayLink["kind"], string> = {
    proxy: t("proxyStops"),
    "paynow-link": t("payNowLinkStops"),
    "email-link": t("emailLinkStops"),
  };
  return (
    <Confirmation
      title={t("disableTitle", { name: fullName(user) || user.username })}
      confirm={t("disableAccount")}
      isDanger
      isBusy={isBusy}
      isDisabled={links.isPending || (mustConfirm && !understood)}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <TextContent>
        <Text>{t("disableDescription")}</Text>
      </TextContent>
      <div aria-live="polite" className="wise-sync-links">
        {links.isPending && (
          <p>
            <Spinner size="md" aria-label={t("askingWisePay")} /> {t("askingWisePay")}
          </p>
        )}
        {links.isError && (
          <Alert isInline variant="warning" title={t("wisePayUnreachable")} component="p">
            {t("wisePayUnreachableDescription")}
          </Alert>
        )}
        {links.data && active.length === 0 && <p>{t("noActiveLinks")}</p>}
        {active.length > 0 && (
          <Alert
            isInline
            variant="warning"
            title={t("linksWillStop", { count: active.length })}
            component="p"
          >
            {KINDS.map((kind) => {
              const ofKind = active.filter((link) => link.kind === kind);
              return (
                ofKind.length > 0 && (
                  <div key={kind} className="wise-sync-kind">
                    <strong>{names[kind](ofKind.length)}</strong>
                    <List isPlain={false}>
                      {ofKind.map((link) => (
                        <ListItem key={link.id}>
                          {link.name ?? link.id}
                          {link.type && ` (${link.type})`}
                        </ListItem>
                      ))}
                    </List>
                    <p>{effects[kind]}</p>
                  </div>
                )
              );
            })}
            <p>{t("newOnesMustBeConfigured")}</p>
          </Alert>
        )}
      </div>
      {mustConfirm && (
        <Checkbox
          id="understood"
          label={t("understood")}
          isChecked={understood}
          onChange={(_, checked) => setUnderstood(checked)}
        />
      )}
    </Confirmation>
  );
};
