import { KeycloakSpinner } from "@keycloak/keycloak-ui-shared";
import {
  Alert,
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
  PageSection,
} from "@patternfly/react-core";
import { BuildingIcon } from "@patternfly/react-icons/dist/esm/icons/building-icon";
import { SearchIcon } from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { UsersIcon } from "@patternfly/react-icons/dist/esm/icons/users-icon";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { useAccount } from "../AccountContext";
import type { Role } from "../api/client";
import { queries, type UserFilter } from "../api/queries";
import { Failure } from "../ui/Failure";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { useListState } from "../ui/useListState";
import { ROLES } from "./roles";
import { UserActions } from "./UserActions";
import { UserFilters } from "./UserFilters";
import { UserTable } from "./UserTable";

const FILTERS = ["search", "role", "company", "status"] as const;

const isRole = (text: string | undefined): text is Role => ROLES.some((role) => role === text);

export const Users = () => {
  const { t } = useTranslation();
  const account = useAccount();
  const navigate = useNavigate();
  const list = useListState(FILTERS);
  const { search, role, company, status } = list.values;
  const filter: Omit<UserFilter, "first" | "max"> = {
    ...(search && { search }),
    ...(isRole(role) && { role }),
    ...(company && { company }),
    ...((status === "enabled" || status === "disabled") && { enabled: status === "enabled" }),
  };
  const users = useQuery(queries.users(account.id, { ...filter, first: list.first, max: list.max }));
  const companies = useQuery(queries.companies(account.id));

  const failed = [users, companies].find(({ isError }) => isError);
  // What is there already stays there.
  if (failed && !(users.data && companies.data)) {
    return (
      <Failure error={failed.error} retry={() => void Promise.all([users.refetch(), companies.refetch()])} />
    );
  }
  if (!users.data || !companies.data) {
    return <KeycloakSpinner />;
  }

  const hasCompany = companies.data.length > 0;
  const mayCreate = hasCompany || account.byStaff;
  const create = () => navigate(`${account.path}/new`);
  const isEmpty = users.data.total === 0;

  return (
    <>
      <PageHead
        title={account.byStaff ? t("usersOf", { account: account.name }) : t("users")}
        description={t("usersDescription")}
        {...(account.byStaff && { crumbs: [{ to: "/accounts", text: t("accounts") }] })}
        actions={mayCreate && <UserActions filter={filter} companies={companies.data} />}
      />
      <PageSection variant="light" className="wise-sync-list" aria-busy={users.isPlaceholderData}>
        {!hasCompany && isEmpty && !list.isFiltered && !account.byStaff ? (
          <EmptyState>
            <EmptyStateHeader
              titleText={t("connectCompanyFirst")}
              headingLevel="h2"
              icon={<EmptyStateIcon icon={BuildingIcon} />}
            />
            <EmptyStateBody>{t("connectCompanyFirstDescription")}</EmptyStateBody>
          </EmptyState>
        ) : isEmpty && !list.isFiltered ? (
          <EmptyState>
            <EmptyStateHeader
              titleText={t("noUsers")}
              headingLevel="h2"
              icon={<EmptyStateIcon icon={UsersIcon} />}
            />
            <EmptyStateBody>{t("noUsersDescription")}</EmptyStateBody>
            {mayCreate && (
              <EmptyStateFooter>
                <EmptyStateActions>
                  <Button onClick={create}>{t("createUser")}</Button>
                </EmptyStateActions>
              </EmptyStateFooter>
            )}
          </EmptyState>
        ) : (
          <>
            {!mayCreate && (
              <Alert
                isInline
                variant="info"
                component="h2"
                title={t("connectCompanyFirst")}
                className="wise-sync-notice"
              >
                {t("connectCompanyFirstDescription")}
              </Alert>
            )}
            <UserFilters list={list} companies={companies.data} total={users.data.total} />
            {isEmpty ? (
              <EmptyState>
                <EmptyStateHeader
                  titleText={t("nobodyFound")}
                  headingLevel="h2"
                  icon={<EmptyStateIcon icon={SearchIcon} />}
                />
                <EmptyStateBody>{t("nobodyFoundDescription")}</EmptyStateBody>
                <EmptyStateFooter>
                  <EmptyStateActions>
                    <Button variant="link" onClick={list.clear}>
                      {t("clearFilters")}
                    </Button>
                  </EmptyStateActions>
                </EmptyStateFooter>
              </EmptyState>
            ) : (
              <>
                <UserTable users={users.data.users} companies={companies.data} />
                <Pages total={users.data.total} state={list} bottom />
              </>
            )}
          </>
        )}
      </PageSection>
    </>
  );
};
