import { List, ListItem } from "@patternfly/react-core";
import { LockIcon } from "@patternfly/react-icons/dist/esm/icons/lock-icon";
import { useTranslation } from "react-i18next";
import { useMe } from "./AccountContext";
import { Empty } from "./ui/Empty";

/** For users who administer no users: who does. */
export const NotAllowed = () => {
  const { t } = useTranslation();
  const { administrators = [] } = useMe();
  return (
    <Empty
      level="h1"
      icon={LockIcon}
      title={t("notAllowed")}
      footer={
        administrators.length > 0 && (
          <List isPlain aria-label={t("administrators")}>
            {administrators.map(({ name, email }) => (
              <ListItem key={email ?? name}>
                {name} {email && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>}
              </ListItem>
            ))}
          </List>
        )
      }
    >
      {t("contactYourAdministrator")}
    </Empty>
  );
};
