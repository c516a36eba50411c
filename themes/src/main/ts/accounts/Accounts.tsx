import { Button, Label, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { BuildingIcon } from "@patternfly/react-icons/dist/esm/icons/building-icon";
import { ExclamationTriangleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import { SearchIcon } from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useNavigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import type { Account } from "../api/client";
import { queries } from "../api/queries";
import { useAlerts } from "../ui/Alerts";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { StatusLabel } from "../ui/labels";
import { ListSection, Total } from "../ui/ListSection";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { SearchField } from "../ui/SearchField";
import { useExistingPage, useListState } from "../ui/useListState";
import { AccountForm, takeAccountDraft } from "./AccountForm";
import { useAccountNames } from "./names";

const FILTERS = ["search"] as const;

/** For support: all accounts, with their warnings. */
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
  const exists = useExistingPage(list, accounts.isPlaceholderData ? undefined : accounts.data?.total);
  const navigate = useNavigate();
  const { addAlert } = useAlerts();
  const [draft, setDraft] = useState(() => takeAccountDraft());
  const [isCreated, setCreated] = useState(draft !== undefined);
  const onSearch = useCallback((text: string | undefined) => set({ search: text }), [set]);
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (accounts.isError && !accounts.data) {
    return <Failure error={accounts.error} retry={() => void accounts.refetch()} />;
  }
  const page = exists ? accounts.data : undefined;
  return (
    <>
      <PageHead
        title={t("accounts")}
        description={t("accountsDescription")}
        isList
        actions={<Button onClick={() => setCreated(true)}>{t("createAccount")}</Button>}
      />
      <ListSection isBusy={accounts.isPlaceholderData || !page}>
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem className="wise-sync-search">
              <SearchField label={t("searchAccounts")} value={search} onSearch={onSearch} />
            </ToolbarItem>
            <Total>{page && t("accountsCount", { count: page.total })}</Total>
          </ToolbarContent>
        </Toolbar>
        {page?.total === 0 ? (
          search ? (
            <Empty title={t("noAccountFound")} icon={SearchIcon} />
          ) : (
            <Empty title={t("noAccounts")} icon={BuildingIcon}>
              {t("noAccountsDescription")}
            </Empty>
          )
        ) : (
          <AccountTable accounts={page?.accounts} />
        )}
        {page && <Pages total={page.total} state={list} />}
      </ListSection>
      {isCreated && (
        <AccountForm
          draft={draft}
          onSaved={({ id, name }) => {
            addAlert(t("accountCreated", { name }));
            navigate(`/accounts/${id}`);
          }}
          onClose={() => {
            setCreated(false);
            setDraft(undefined);
          }}
        />
      )}
    </>
  );
};

const AccountTable = ({ accounts }: { accounts: Account[] | undefined }) => {
  const { t } = useTranslation();
  const names = useAccountNames();
  return (
    <DataTable
      label={t("accounts")}
      className="wise-sync-compact wise-sync-accounts"
      rows={accounts}
      keyOf={({ id }) => id}
      columns={[
        {
          key: "account",
          title: t("account"),
          width: "26%",
          cell: ({ id, name }) => (
            <Link to={`/accounts/${id}/users`}>
              <Cut>{name}</Cut>
            </Link>
          ),
        },
        { key: "psa", title: t("psa"), width: "13%", cell: ({ psa }) => names.psa(psa) },
        {
          key: "twoFactor",
          title: t("twoFactor"),
          width: "14%",
          cell: ({ twoFactorMode }) => names.twoFactorMode(twoFactorMode),
        },
        { key: "companies", title: t("companies"), width: "11%", cell: ({ companies }) => companies },
        {
          key: "status",
          title: t("status"),
          width: "12%",
          cell: ({ enabled }) => <StatusLabel enabled={enabled} />,
        },
        {
          key: "warnings",
          title: t("warnings"),
          width: "24%",
          cell: ({ warnings }) =>
            warnings.length === 0 ? (
              <Nothing name={t("none")} />
            ) : (
              warnings.map(({ key, message }) => (
                <Label key={key} color="orange" isCompact icon={<ExclamationTriangleIcon />}>
                  {message}
                </Label>
              ))
            ),
        },
      ]}
    />
  );
};
