import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router-dom";
import { useAccount } from "../AccountContext";
import type { Company, User } from "../api/client";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { CompaniesText, TwoFactorText, UserStatus } from "../ui/labels";
import type { UserLinkState } from "./EditUser";
import { fullName, useRoles } from "./roles";

type UserTableProps = {
  users: User[] | undefined;
  companies: Company[];
  /** The user who was just created. */
  created?: string | undefined;
};

export const UserTable = ({ users, companies, created }: UserTableProps) => {
  const { t } = useTranslation();
  const { path } = useAccount();
  const { search } = useLocation();
  const roles = useRoles();
  return (
    <DataTable
      label={t("users")}
      className="wise-sync-users"
      rows={users}
      keyOf={({ id }) => id}
      isHighlighted={({ id }) => id === created}
      columns={[
        {
          key: "name",
          title: t("name"),
          width: "19%",
          cell: (user) => {
            const name = fullName(user);
            return name ? <Cut>{name}</Cut> : <Nothing name={t("none")} />;
          },
        },
        {
          key: "username",
          title: t("username"),
          width: "27%",
          cell: (user) => (
            <Link
              to={`${path}/${user.id}`}
              state={{ list: search, name: fullName(user) || user.username } satisfies UserLinkState}
            >
              <Cut>{user.username}</Cut>
            </Link>
          ),
        },
        { key: "role", title: t("role"), width: "13%", cell: (user) => roles.name(user.role) },
        {
          key: "companies",
          title: t("companies"),
          width: "17%",
          cell: (user) => <CompaniesText user={user} companies={companies} />,
        },
        {
          key: "twoFactor",
          title: t("twoFactor"),
          width: "12%",
          cell: (user) => <TwoFactorText enrolled={user.twoFactor} />,
        },
        { key: "status", title: t("status"), width: "12%", cell: (user) => <UserStatus user={user} /> },
      ]}
    />
  );
};
