import {
  EmptyState,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
  List,
  ListItem,
} from "@patternfly/react-core";
import { LockIcon } from "@patternfly/react-icons/dist/esm/icons/lock-icon";
import { useTranslation } from "react-i18next";
import { useMe } from "./AccountContext";

/** For who uses Wise-Sync or Wise-Pay and looks after nobody: who does. */
export const NotAllowed = () => {
  const { t } = useTranslation();
  const { administrators = [] } = useMe();
  return (
    <EmptyState variant="lg">
      <EmptyStateHeader
        titleText={t("notAllowed")}
        headingLevel="h1"
        icon={<EmptyStateIcon icon={LockIcon} />}
      />
      <EmptyStateBody>{t("contactYourAdministrator")}</EmptyStateBody>
      {administrators.length > 0 && (
        <EmptyStateFooter>
          <List isPlain aria-label={t("administrators")}>
            {administrators.map(({ name, email }) => (
              <ListItem key={email ?? name}>
                {name} {email && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>}
              </ListItem>
            ))}
          </List>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
};
