import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router-dom";
import { useAccount } from "../AccountContext";
import type { Company, User } from "../api/client";
import { CompaniesText, InvitationLabel, StatusLabel, TwoFactorText } from "../ui/labels";
import { fullName, useRoles } from "./roles";

export const UserTable = ({ users, companies }: { users: User[]; companies: Company[] }) => {
  const { t } = useTranslation();
  const { path } = useAccount();
  const { search } = useLocation();
  const roles = useRoles();
  return (
    <Table aria-label={t("users")} variant="compact" gridBreakPoint="grid-lg" className="wise-sync-table">
      <Thead>
        <Tr>
          <Th>{t("name")}</Th>
          <Th>{t("username")}</Th>
          <Th>{t("role")}</Th>
          <Th>{t("companies")}</Th>
          <Th>{t("twoFactor")}</Th>
          <Th>{t("status")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {users.map((user) => (
          <Tr key={user.id}>
            <Td dataLabel={t("name")}>{fullName(user) || <span aria-label={t("none")}>–</span>}</Td>
            <Td dataLabel={t("username")} modifier="breakWord">
              {/* The list comes back as it was left. */}
              <Link to={`${path}/${user.id}`} state={{ list: search }}>
                {user.username}
              </Link>
            </Td>
            <Td dataLabel={t("role")}>{roles.name(user.role)}</Td>
            <Td dataLabel={t("companies")}>
              <CompaniesText user={user} companies={companies} />
            </Td>
            <Td dataLabel={t("twoFactor")}>
              <TwoFactorText enrolled={user.twoFactor} />
            </Td>
            <Td dataLabel={t("status")}>
              {user.enabled && user.invitation ? (
                <InvitationLabel state={user.invitation} />
              ) : (
                <StatusLabel enabled={user.enabled} />
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};
