import { Button, PageSection, Skeleton } from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { api, content, type Account } from "../api/client";
import { queries, refresh } from "../api/queries";
import { useAlerts } from "../ui/Alerts";
import { Confirmation } from "../ui/Confirmation";
import { Facts } from "../ui/Facts";
import { Failure } from "../ui/Failure";
import { StatusLabel } from "../ui/labels";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { useReport } from "../ui/useReport";
import { AccountForm, takeAccountDraft } from "./AccountForm";
import { AccountNav } from "./AccountNav";
import { Administrators } from "./Administrators";
import { Companies } from "./Companies";
import { useAccountNames } from "./names";

/** The account: its settings, its companies and its administrators. Support edits it here. */
export const AccountPage = () => {
  const { t } = useTranslation();
  const { id, name, byStaff } = useAccount();
  const { addAlert } = useAlerts();
  const versioned = useQuery(queries.account(id));
  const companies = useQuery(queries.companies(id));
  const [draft, setDraft] = useState(() => takeAccountDraft(id));
  const [isEdited, setEdited] = useState(draft !== undefined);
  const failed = [versioned, companies].find(({ isError }) => isError);
  if (failed && !(versioned.data && companies.data)) {
    return (
      <Failure
        error={failed.error}
        retry={() => void Promise.all([versioned.refetch(), companies.refetch()])}
      />
    );
  }
  const account = versioned.data?.account;
  const close = () => {
    setEdited(false);
    setDraft(undefined);
  };
  return (
    <>
      <PageHead
        title={account?.name ?? name}
        badge={account && !account.enabled && <StatusLabel enabled={false} />}
        description={t("accountDescription")}
        isList
        {...(byStaff && { crumbs: [{ to: "/accounts", text: t("accounts") }] })}
        navigation={<AccountNav />}
        actions={
          byStaff &&
          account && (
            <Button variant="secondary" onClick={() => setEdited(true)}>
              {t("editAccount")}
            </Button>
          )
        }
      />
      <PageSection className="wise-sync-stacked">
        {account?.warnings.map(({ key, message }) => (
          <Notice key={key} variant="warning" title={message} />
        ))}
        <div className="wise-sync-even-columns">
          <Panel title={t("settings")}>
            {account ? (
              <Settings account={account} />
            ) : (
              <Skeleton height="6rem" screenreaderText={t("loading")} />
            )}
          </Panel>
          <Administrators />
        </div>
        <Companies companies={companies.data} />
        <DirectoryEntry />
      </PageSection>
      {isEdited && versioned.data && (
        <AccountForm
          versioned={versioned.data}
          draft={draft}
          onSaved={() => {
            addAlert(t("userSaved"));
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
};

const DirectoryEntry = () => {
  const { t } = useTranslation();
  const { accountPath } = useAccount();
  return (
    <Panel title={t("directory")}>
      <p className="wise-sync-notice">{t("directoryDescription")}</p>
      <Link to={`${accountPath}/directory`}>{t("openDirectory")}</Link>
    </Panel>
  );
};

const Settings = ({ account }: { account: Account }) => {
  const { t } = useTranslation();
  const { byStaff } = useAccount();
  const names = useAccountNames();
  const isRequired = account.twoFactorMode === "required";
  return (
    <>
      <Facts
        facts={[
          { name: t("name"), value: account.name },
          { name: t("psa"), value: names.psa(account.psa) },
          {
            name: t("twoFactor"),
            value: (
              <>
                {names.twoFactorMode(account.twoFactorMode)}
                <p className="wise-sync-explanation">
                  {isRequired ? t("twoFactorRequiredHelp") : t("twoFactorOptionalHelp")}
                </p>
              </>
            ),
          },
        ]}
      />
      {!byStaff && !isRequired && <RequireTwoFactor account={account.id} />}
    </>
  );
};

/** Account-admins can make the second factor required; only support can make it optional again. */
const RequireTwoFactor = ({ account }: { account: string }) => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const [isAsked, setAsked] = useState(false);
  const require = useMutation({
    mutationFn: () =>
      content(
        api.PUT("/accounts/{account}/two-factor-mode", {
          params: { path: { account } },
          body: { mode: "required" },
        }),
      ),
    onSuccess: async () => {
      addAlert(t("twoFactorNowRequired"));
      await refresh(client, ["account", account]);
    },
    onError: report,
    onSettled: () => setAsked(false),
  });
  return (
    <>
      <Button variant="secondary" className="wise-sync-below" onClick={() => setAsked(true)}>
        {t("requireTwoFactor")}
      </Button>
      {isAsked && (
        <Confirmation
          title={t("requireTwoFactorTitle")}
          confirm={t("requireTwoFactor")}
          isBusy={require.isPending}
          onConfirm={() => require.mutate()}
          onClose={() => setAsked(false)}
        >
          {t("requireTwoFactorDescription")}
        </Confirmation>
      )}
    </>
  );
};
