import { Button, Skeleton } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { queries } from "../api/queries";
import { Cut } from "../ui/Cut";
import { useErrorText } from "../ui/errorText";
import { UserStatus } from "../ui/labels";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { fullName } from "../users/roles";

/** The maximum page size of the API. */
const MAX = 100;

/** The account-admins; support creates the first one here. */
export const Administrators = () => {
  const { t } = useTranslation();
  const { id, path, byStaff } = useAccount();
  const text = useErrorText();
  const admins = useQuery(queries.users(id, { role: "account-admin", first: 0, max: MAX }));
  return (
    <Panel
      title={t("administrators")}
      actions={
        byStaff && (
          <Button
            variant="secondary"
            component={(props) => <Link {...props} to={`${path}/new?role=account-admin`} />}
          >
            {t("createAdministrator")}
          </Button>
        )
      }
    >
      {admins.isPending && <Skeleton height="4rem" screenreaderText={t("loading")} />}
      {admins.isError && <Notice isPlain variant="warning" title={text(admins.error)} />}
      {admins.data?.total === 0 && <p>{t("noAdministrators")}</p>}
      {admins.data && admins.data.total > 0 && (
        <ul className="wise-sync-admins">
          {admins.data.users.map((user) => (
            <li key={user.id}>
              <span>
                <Link to={`${path}/${user.id}`}>
                  <Cut>{fullName(user) || user.username}</Cut>
                </Link>
                {fullName(user) && (
                  <small>
                    <Cut>{user.username}</Cut>
                  </small>
                )}
              </span>
              <UserStatus user={user} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
