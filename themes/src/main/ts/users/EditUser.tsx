import { KeycloakSpinner } from "@keycloak/keycloak-ui-shared";
import { PageSection, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { queries } from "../api/queries";
import { Failure } from "../ui/Failure";
import { InvitationLabel, StatusLabel } from "../ui/labels";
import { PageHead } from "../ui/PageHead";
import { Activity } from "./Activity";
import { AutotaskAccount } from "./AutotaskAccount";
import { EnableOrDisable } from "./EnableOrDisable";
import { Password } from "./Password";
import { ProfileForm } from "./ProfileForm";
import { fullName } from "./roles";
import { TwoFactor } from "./TwoFactor";
import { WisePay } from "./WisePay";

const AUTOTASK = "autotask";

export const EditUser = () => {
  const { t } = useTranslation();
  const account = useAccount();
  const navigate = useNavigate();
  const { user: id = "", tab } = useParams();
  const { state } = useLocation() as { state: { list?: string } | null };
  const versioned = useQuery(queries.user(account.id, id));
  const companies = useQuery(queries.companies(account.id));
  const failed = [versioned, companies].find(({ isError }) => isError);
  if (failed && !(versioned.data && companies.data)) {
    return (
      <Failure
        error={failed.error}
        retry={() => void Promise.all([versioned.refetch(), companies.refetch()])}
      />
    );
  }
  if (!versioned.data || !companies.data) {
    return <KeycloakSpinner />;
  }
  const { user } = versioned.data;
  const hasAutotask = account.psa === "autotask";
  const path = `${account.path}/${id}`;

  const wiseSyncAccount = (
    <PageSection>
      <div className="wise-sync-columns">
        <div>
          <ProfileForm key={id} versioned={versioned.data} companies={companies.data} />
        </div>
        <div className="wise-sync-aside">
          <WisePay user={user} />
          <Password user={user} />
          <TwoFactor user={user} />
          <Activity user={user} />
        </div>
      </div>
    </PageSection>
  );

  return (
    <>
      <PageHead
        title={fullName(user) || user.username}
        badge={
          user.enabled && user.invitation ? (
            <InvitationLabel state={user.invitation} />
          ) : (
            <StatusLabel enabled={user.enabled} />
          )
        }
        crumbs={[
          ...(account.byStaff ? [{ to: "/accounts", text: t("accounts") }] : []),
          {
            to: `${account.path}${state?.list ?? ""}`,
            text: account.byStaff ? t("usersOf", { account: account.name }) : t("users"),
          },
        ]}
        actions={<EnableOrDisable user={user} />}
      />
      {hasAutotask ? (
        <Tabs
          className="wise-sync-tabs"
          aria-label={t("userTabs")}
          activeKey={tab === AUTOTASK ? AUTOTASK : "wise-sync"}
          onSelect={(_, key) => navigate(key === AUTOTASK ? `${path}/${AUTOTASK}` : path, { state })}
          mountOnEnter
          unmountOnExit
        >
          <Tab eventKey="wise-sync" title={<TabTitleText>{t("wiseSyncUserAccount")}</TabTitleText>}>
            {wiseSyncAccount}
          </Tab>
          <Tab eventKey={AUTOTASK} title={<TabTitleText>{t("autotaskUserAccount")}</TabTitleText>}>
            <PageSection>
              <AutotaskAccount user={user} />
            </PageSection>
          </Tab>
        </Tabs>
      ) : (
        wiseSyncAccount
      )}
    </>
  );
};
