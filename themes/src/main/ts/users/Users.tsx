import { Button } from "@patternfly/react-core";
import { BuildingIcon } from "@patternfly/react-icons/dist/esm/icons/building-icon";
import { SearchIcon } from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { UsersIcon } from "@patternfly/react-icons/dist/esm/icons/users-icon";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { AccountNav } from "../accounts/AccountNav";
import type { Role } from "../api/client";
import { queries, USER_SORTS } from "../api/queries";
import { usePrefetch } from "../prefetch";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { Kept } from "../ui/Kept";
import { ListSection } from "../ui/ListSection";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { useExistingPage, useListState } from "../ui/useListState";
import { BulkBar } from "./BulkBar";
import type { Matching } from "./allUsers";
import { ROLES } from "./roles";
import { UserActions } from "./UserActions";
import { USER_FILTERS, UserFilters } from "./UserFilters";
import { UserTable } from "./UserTable";
import { useSelection } from "./useSelection";

/** What the form of a new user passes on: the user to highlight. */
export type CreatedState = { created?: { id: string; username: string } };

const IDLE_DAYS = 90;

const isRole = (text: string | undefined): text is Role => ROLES.some((role) => role === text);

export const Users = () => {
  const { t } = useTranslation();
  const account = useAccount();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: CreatedState | null };
  const list = useListState(USER_FILTERS);
  const { search, role, company, status, login } = list.values;
  const sort = USER_SORTS.find((name) => name === list.sort);
  const matching: Matching = {
    ...(search && { search }),
    ...(isRole(role) && { role }),
    ...(company && { company }),
    ...((status === "enabled" || status === "disabled") && { enabled: status === "enabled" }),
    ...(status === "invited" && { invited: true }),
    ...(status === "directory" && { managedBy: "scim" as const }),
    ...(login === "idle" && { idleDays: IDLE_DAYS }),
    ...(login === "never" && { neverLoggedIn: true }),
  };
  const filter: Matching = { ...matching, ...(sort && { sort }) };
  const users = useQuery(queries.users(account.id, { ...filter, first: list.first, max: list.max }));
  const companies = useQuery(queries.companies(account.id));
  const selection = useSelection(JSON.stringify(matching), users.data?.total ?? 0);
  const exists = useExistingPage(list, users.isPlaceholderData ? undefined : users.data?.total);
  const created = state?.created;
  const isCreatedMissing =
    created !== undefined &&
    !users.isFetching &&
    users.data?.users.some(({ id }) => id === created.id) === false &&
    search !== created.username;
  useEffect(() => {
    if (isCreatedMissing) {
      // The list as it was does not show the new user: filters or another page.
      navigate({ search: `?${new URLSearchParams({ search: created.username })}` }, { replace: true, state });
    }
  }, [isCreatedMissing, created, navigate, state]);
  usePrefetch(users.data !== undefined && companies.data !== undefined);

  const failed = [users, companies].find(({ isError }) => isError);
  // Rows that were loaded stay.
  if (failed && !(users.data && companies.data)) {
    return (
      <Failure error={failed.error} retry={() => void Promise.all([users.refetch(), companies.refetch()])} />
    );
  }
  const total = users.data?.total;
  const isLoaded = total !== undefined && companies.data !== undefined && exists;
  const hasCompany = companies.data === undefined || companies.data.length > 0;
  const mayCreate = hasCompany || account.byStaff;
  const isEmpty = total === 0;
  const isUnfilteredAndEmpty = isLoaded && isEmpty && !list.isFiltered;

  const content = () => {
    if (isUnfilteredAndEmpty && !hasCompany && !account.byStaff) {
      return (
        <Empty title={t("connectCompanyFirst")} icon={BuildingIcon}>
          {t("connectCompanyFirstDescription")}
        </Empty>
      );
    }
    if (isUnfilteredAndEmpty) {
      return (
        <Empty
          title={t("noUsers")}
          icon={UsersIcon}
          {...(mayCreate && {
            actions: <Button onClick={() => navigate(`${account.path}/new`)}>{t("createUser")}</Button>,
          })}
        >
          {t("noUsersDescription")}
        </Empty>
      );
    }
    return (
      <>
        {!hasCompany && !account.byStaff && (
          <Notice variant="info" component="h2" title={t("connectCompanyFirst")} className="wise-sync-notice">
            {t("connectCompanyFirstDescription")}
          </Notice>
        )}
        <UserFilters list={list} companies={companies.data} total={total} />
        {isLoaded && isEmpty ? (
          <Empty
            title={t("noUsersFound")}
            icon={SearchIcon}
            actions={
              <Button variant="link" onClick={list.clear}>
                {t("clearFilters")}
              </Button>
            }
          >
            {t("noUsersFoundDescription")}
          </Empty>
        ) : (
          <UserTable
            users={isLoaded ? users.data?.users : undefined}
            companies={companies.data ?? []}
            created={created?.id}
            sort={sort ?? "name"}
            onSort={(name) => list.set({ sort: name })}
            selection={selection}
          />
        )}
        {isLoaded && <Pages total={total} state={list} />}
        {isLoaded && (
          <BulkBar selection={selection} filter={filter} total={total} companies={companies.data ?? []} />
        )}
      </>
    );
  };

  return (
    <>
      <PageHead
        title={account.byStaff ? t("usersOf", { account: account.name }) : t("users")}
        description={t("usersDescription")}
        isList
        {...(account.byStaff && { crumbs: [{ to: "/accounts", text: t("accounts") }] })}
        navigation={<AccountNav />}
        actions={
          mayCreate && (
            <Kept isShown={companies.data !== undefined}>
              <UserActions filter={filter} companies={companies.data ?? []} />
            </Kept>
          )
        }
      />
      <ListSection isBusy={users.isPlaceholderData || !isLoaded}>{content()}</ListSection>
    </>
  );
};
