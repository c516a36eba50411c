import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router-dom";
import { useAccount } from "../AccountContext";
import type { Company, User } from "../api/client";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { CompaniesText, SecondFactorText, UserStatus } from "../ui/labels";
import type { UserLinkState } from "./EditUser";
import { useDates } from "../ui/useTimes";
import { fullName, useRoles } from "./roles";
import { useSecondFactor } from "./secondFactor";
import type { UserSelection } from "./useSelection";

type UserTableProps = {
  users: User[] | undefined;
  companies: Company[];
  /** The user who was just created. */
  created?: string | undefined;
  sort: string;
  onSort: (sort: string) => void;
  selection: UserSelection;
};

export const UserTable = ({ users, companies, created, sort, onSort, selection }: UserTableProps) => {
  const { t } = useTranslation();
  const { path } = useAccount();
  const { search } = useLocation();
  const roles = useRoles();
  const on = useDates();
  const secondFactor = useSecondFactor();
  return (
    <DataTable
      label={t("users")}
      className="wise-sync-compact wise-sync-users"
      sort={sort}
      onSort={onSort}
      selection={{
        isSelected: ({ id }) => selection.isSelected(id),
        onSelect: ({ id }, selected) => selection.select([id], selected),
        nameOf: (user) => fullName(user) || user.username,
        isAllSelected: !!users?.length && users.every(({ id }) => selection.isSelected(id)),
        onSelectAll: (selected) =>
          selection.select(
            (users ?? []).map(({ id }) => id),
            selected,
          ),
      }}
      rows={users}
      keyOf={({ id }) => id}
      isHighlighted={({ id }) => id === created}
      columns={[
        {
          key: "name",
          title: t("name"),
          sort: "name",
          width: "15%",
          cell: (user) => {
            const name = fullName(user);
            return name ? <Cut>{name}</Cut> : <Nothing name={t("none")} />;
          },
        },
        {
          key: "username",
          title: t("username"),
          sort: "username",
          width: "19%",
          cell: (user) => (
            <Link
              to={`${path}/${user.id}`}
              state={{ list: search, name: fullName(user) || user.username } satisfies UserLinkState}
            >
              <Cut>{user.username}</Cut>
            </Link>
          ),
        },
        { key: "role", title: t("role"), sort: "role", width: "12%", cell: (user) => roles.name(user.role) },
        {
          key: "companies",
          title: t("companies"),
          width: "13%",
          cell: (user) => <CompaniesText user={user} companies={companies} />,
        },
        {
          key: "twoFactor",
          title: t("twoFactor"),
          width: "13%",
          cell: (user) => <SecondFactorText factor={secondFactor(user)} />,
        },
        {
          key: "lastLogin",
          title: t("lastLogin"),
          sort: "lastLogin",
          width: "12%",
          cell: ({ lastLogin }) => (lastLogin ? on(lastLogin) : t("neverLoggedIn")),
        },
        { key: "status", title: t("status"), width: "16%", cell: (user) => <UserStatus user={user} /> },
      ]}
    />
  );
};
