import { KeycloakSpinner } from "@keycloak/keycloak-ui-shared";
import { Label, PageSection, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { ExclamationTriangleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import { queries } from "../api/queries";
import { Failure } from "../ui/Failure";
import { StatusLabel } from "../ui/labels";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { SearchField } from "../ui/SearchField";
import { useListState } from "../ui/useListState";

const FILTERS = ["search"] as const;

/** For support: every account, with what is amiss in it. */
export const Accounts = () => {
  const { t } = useTranslation();
  const { staff } = useMe();
  const list = useListState(FILTERS);
  const { set } = list;
  const { search } = list.values;
  const accounts = useQuery({
    ...queries.accounts({ ...(search && { search }), first: list.first, max: list.max }),
    enabled: staff,
  });
  const onSearch = useCallback((text: string | undefined) => set({ search: text }), [set]);
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (accounts.isError && !accounts.data) {
    return <Failure error={accounts.error} retry={() => void accounts.refetch()} />;
  }
  if (!accounts.data) {
    return <KeycloakSpinner />;
  }
  return (
    <>
      <PageHead title={t("accounts")} description={t("accountsDescription")} />
      <PageSection variant="light" className="wise-sync-list" aria-busy={accounts.isPlaceholderData}>
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem className="wise-sync-search">
              <SearchField label={t("searchAccounts")} value={search} onSearch={onSearch} />
            </ToolbarItem>
            <ToolbarItem variant="pagination">
              <Pages total={accounts.data.total} state={list} />
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        <Table aria-label={t("accounts")} variant="compact" gridBreakPoint="grid-lg">
          <Thead>
            <Tr>
              <Th>{t("account")}</Th>
              <Th>{t("psa")}</Th>
              <Th>{t("twoFactor")}</Th>
              <Th>{t("companies")}</Th>
              <Th>{t("status")}</Th>
              <Th>{t("warnings")}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {accounts.data.accounts.map((account) => (
              <Tr key={account.id}>
                <Td dataLabel={t("account")} modifier="breakWord">
                  <Link to={`/accounts/${account.id}/users`}>{account.name}</Link>
                </Td>
                <Td dataLabel={t("psa")}>
                  {account.psa === "autotask"
                    ? t("psaAutotask")
                    : account.psa === "other"
                      ? t("psaOther")
                      : t("psaNone")}
                </Td>
                <Td dataLabel={t("twoFactor")}>
                  {account.twoFactorMode === "required" ? t("twoFactorRequired") : t("twoFactorOptional")}
                </Td>
                <Td dataLabel={t("companies")}>{account.companies}</Td>
                <Td dataLabel={t("status")}>
                  <StatusLabel enabled={account.enabled} />
                </Td>
                <Td dataLabel={t("warnings")}>
                  {account.warnings.length === 0 && <span aria-label={t("none")}>–</span>}
                  {account.warnings.map((warning) => (
                    <Label key={warning.key} color="orange" isCompact icon={<ExclamationTriangleIcon />}>
                      {warning.message}
                    </Label>
                  ))}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
        <Pages total={accounts.data.total} state={list} bottom />
      </PageSection>
    </>
  );
};
