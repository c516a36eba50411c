import { List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { WisePayLink } from "../api/client";
import { environment } from "../environment";

const KINDS: readonly WisePayLink["kind"][] = ["proxy", "paynow-link", "email-link"];

/** Active Wise-Pay links, what it means for customers when they stop working, and where new ones are configured. */
export const LinksByKind = ({ links }: { links: WisePayLink[] }) => {
  const { t } = useTranslation();
  const names: Record<WisePayLink["kind"], (count: number) => string> = {
    proxy: (count) => t("kindProxy", { count }),
    "paynow-link": (count) => t("kindPayNowLink", { count }),
    "email-link": (count) => t("kindEmailLink", { count }),
  };
  const effects: Record<WisePayLink["kind"], (count: number) => string> = {
    proxy: (count) => t("proxyStops", { count }),
    "paynow-link": (count) => t("payNowLinkStops", { count }),
    "email-link": (count) => t("emailLinkStops", { count }),
  };
  return (
    <>
      {KINDS.map((kind) => {
        const ofKind = links.filter((link) => link.kind === kind);
        return (
          ofKind.length > 0 && (
            <div key={kind} className="wise-sync-kind">
              <strong>{names[kind](ofKind.length)}</strong>
              <List>
                {ofKind.map((link) => (
                  <ListItem key={link.id}>
                    {link.name ?? link.id}
                    {link.type && ` (${link.type})`}
                  </ListItem>
                ))}
              </List>
              <p>{effects[kind](ofKind.length)}</p>
            </div>
          )
        );
      })}
      <NewLinksNeeded count={links.length} />
    </>
  );
};

/** That new links have to be configured, and where. */
export const NewLinksNeeded = ({ count }: { count: number }) => {
  const { t } = useTranslation();
  return (
    <p>
      {t("newLinksNeeded", { count: count })}{" "}
      {environment.wisePayLinksUrl && (
        <a className="wise-sync-in-text" href={environment.wisePayLinksUrl} target="_blank" rel="noreferrer">
          {t("configureNewLinks")}
        </a>
      )}
    </p>
  );
};
