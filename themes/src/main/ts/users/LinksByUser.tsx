import { List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { WisePayLink } from "../api/client";
import { Notice } from "../ui/Notice";
import type { BulkReport } from "./bulk";
import { NewLinksNeeded } from "./LinksByKind";

/** All active Wise-Pay links that will stop working, by user. */
export const LinksByUser = ({ report }: { report: BulkReport }) => {
  const { t } = useTranslation();
  const kinds: Record<WisePayLink["kind"], string> = {
    proxy: t("kindProxyName"),
    "paynow-link": t("kindPayNowLinkName"),
    "email-link": t("kindEmailLinkName"),
  };
  const withLinks = report.users.filter(({ links }) => links && links.length > 0);
  const count = withLinks.reduce((sum, { links }) => sum + (links?.length ?? 0), 0);
  return (
    <>
      {report.linksComplete === false && (
        <Notice variant="warning" title={t("linksIncomplete")} className="wise-sync-below">
          {t("linksIncompleteDescription")}
        </Notice>
      )}
      {count === 0 && report.linksComplete !== false && (
        <p className="wise-sync-below">{t("noActiveLinks", { count: report.users.length })}</p>
      )}
      {count > 0 && (
        <Notice variant="warning" title={t("linksWillStop", { count })} className="wise-sync-below">
          {withLinks.map(({ id, name, username, links }) => (
            <div key={id} className="wise-sync-kind">
              <strong>{name ?? username ?? id}</strong>
              <List>
                {links?.map((link) => (
                  <ListItem key={link.id}>
                    {kinds[link.kind]}: {link.name ?? link.id}
                    {link.type && ` (${link.type})`}
                  </ListItem>
                ))}
              </List>
            </div>
          ))}
          <NewLinksNeeded count={count} />
        </Notice>
      )}
    </>
  );
};
