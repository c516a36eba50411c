import { PageSection, Skeleton } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { queries } from "../api/queries";
import { CopyField } from "../ui/CopyField";
import { useErrorText } from "../ui/errorText";
import { Facts } from "../ui/Facts";
import { Failure } from "../ui/Failure";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { AccountNav } from "./AccountNav";
import { DirectoryCompanies } from "./DirectoryCompanies";
import { DirectoryErrors } from "./DirectoryErrors";
import { DirectoryTokens } from "./DirectoryTokens";

/** Connects the customer's directory over SCIM: address, tokens, companies of new users, and what failed recently. */
export const Directory = () => {
  const { t } = useTranslation();
  const { id, name, accountPath, byStaff } = useAccount();
  const scim = useQuery(queries.scim(id));
  const companies = useQuery(queries.companies(id));
  const failed = [scim, companies].find(({ isError }) => isError);
  if (failed && !(scim.data && companies.data)) {
    return (
      <Failure error={failed.error} retry={() => void Promise.all([scim.refetch(), companies.refetch()])} />
    );
  }
  return (
    <>
      <PageHead
        title={t("directory")}
        description={t("directoryDescription")}
        crumbs={[
          ...(byStaff ? [{ to: "/accounts", text: t("accounts") }] : []),
          { to: accountPath, text: byStaff ? name : t("account") },
        ]}
        navigation={<AccountNav />}
      />
      <PageSection className="wise-sync-stacked">
        {scim.data && companies.data ? (
          <>
            <div className="wise-sync-even-columns">
              <Panel title={t("directoryConnection")}>
                <Facts
                  facts={[
                    {
                      name: t("directoryUrl"),
                      value: <CopyField label={t("directoryUrl")} value={scim.data.url} />,
                    },
                    { name: t("users"), value: <ManagedUsers /> },
                  ]}
                />
              </Panel>
              <DirectoryCompanies chosen={scim.data.defaultCompanies} companies={companies.data} />
            </div>
            <DirectoryTokens scim={scim.data} />
            <DirectoryErrors errors={scim.data.recentErrors} />
          </>
        ) : (
          <Skeleton height="20rem" screenreaderText={t("loading")} />
        )}
      </PageSection>
    </>
  );
};

/** How many users the directory manages, with a link to them. */
const ManagedUsers = () => {
  const { t } = useTranslation();
  const { id, path } = useAccount();
  const text = useErrorText();
  const users = useQuery(queries.users(id, { managedBy: "scim", first: 0, max: 1 }));
  if (users.isError) {
    return <Notice isPlain variant="warning" title={text(users.error)} />;
  }
  if (!users.data) {
    return <Skeleton width="8rem" screenreaderText={t("loading")} />;
  }
  const { total } = users.data;
  return total === 0 ? (
    <>{t("directoryNoUsers")}</>
  ) : (
    <Link to={`${path}?status=directory`}>{t("directoryUsers", { count: total })}</Link>
  );
};
