import { PageSection, Skeleton, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router-dom";
import { useAccount, useMe } from "../AccountContext";
import { queries } from "../api/queries";
import { Failure } from "../ui/Failure";
import { UserStatus } from "../ui/labels";
import { PageHead } from "../ui/PageHead";
import { Panel } from "../ui/Panel";
import { Activity } from "./Activity";
import { AutotaskAccount } from "./AutotaskAccount";
import { EnableOrDisable } from "./EnableOrDisable";
import { Invitation } from "./Invitation";
import { LockedOut } from "./LockedOut";
import { ManagedByDirectory } from "./ManagedByDirectory";
import { Password } from "./Password";
import { ProfileForm } from "./ProfileForm";
import { fullName } from "./roles";
import { Sessions } from "./Sessions";
import { TwoFactor } from "./TwoFactor";
import { WisePay } from "./WisePay";

const AUTOTASK = "autotask";
const COMPANIES_STALE_MS = 300_000;

/** What the list passes on: its own filters and page, for the way back. */
export type ListLinkState = { list: string };

/** And the user's name, to show it at once. */
export type UserLinkState = ListLinkState & { name: string };

export const EditUser = () => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const navigate = useNavigate();
  const { user: id = "", tab } = useParams();
  const { state } = useLocation() as { state: UserLinkState | null };
  const versioned = useQuery(queries.userDetails(account.id, id));
  // The list has usually read them just before. A save that is refused because of a company reads them again.
  const companies = useQuery({ ...queries.companies(account.id), staleTime: COMPANIES_STALE_MS });
  const failed = [versioned, companies].find(({ isError }) => isError);
  if (failed && !(versioned.data && companies.data)) {
    return (
      <Failure
        error={failed.error}
        retry={() => void Promise.all([versioned.refetch(), companies.refetch()])}
      />
    );
  }
  const user = versioned.data?.user;
  const path = `${account.path}/${id}`;

  const wiseSyncAccount = () =>
    versioned.data && companies.data && user ? (
      <PageSection>
        <div className="wise-sync-columns">
          <ProfileForm key={id} versioned={versioned.data} companies={companies.data} />
          <div className="wise-sync-aside">
            <ManagedByDirectory user={user} />
            <WisePay user={user} deactivations={versioned.data.details?.deactivations} />
            <LockedOut user={user} />
            <Invitation user={user} />
            <Password user={user} />
            <TwoFactor user={user} devices={versioned.data.details?.devices} />
          </div>
        </div>
        <div className="wise-sync-below wise-sync-columns">
          <Activity user={user} />
          <Sessions user={user} sessions={versioned.data.details?.sessions} />
        </div>
      </PageSection>
    ) : (
      <UserSkeleton />
    );

  return (
    <>
      <PageHead
        title={user ? fullName(user) || user.username : (state?.name ?? t("user"))}
        badge={
          user && (
            <>
              <UserStatus user={user} />
              {user.id === me.id && <span className="wise-sync-you">{t("thisIsYou")}</span>}
            </>
          )
        }
        crumbs={[
          ...(account.byStaff ? [{ to: "/accounts", text: t("accounts") }] : []),
          {
            to: `${account.path}${state?.list ?? ""}`,
            text: account.byStaff ? t("usersOf", { account: account.name }) : t("users"),
          },
        ]}
        actions={user && <EnableOrDisable user={user} />}
      />
      {account.psa === "autotask" ? (
        <Tabs
          className="wise-sync-tabs"
          aria-label={t("userTabs")}
          activeKey={tab === AUTOTASK ? AUTOTASK : "wise-sync"}
          onSelect={(_, key) => navigate(key === AUTOTASK ? `${path}/${AUTOTASK}` : path, { state })}
          mountOnEnter
          unmountOnExit
        >
          <Tab eventKey="wise-sync" title={<TabTitleText>{t("wiseSyncUserAccount")}</TabTitleText>}>
            {wiseSyncAccount()}
          </Tab>
          <Tab eventKey={AUTOTASK} title={<TabTitleText>{t("autotaskUserAccount")}</TabTitleText>}>
            <PageSection>{user ? <AutotaskAccount user={user} /> : <UserSkeleton />}</PageSection>
          </Tab>
        </Tabs>
      ) : (
        wiseSyncAccount()
      )}
    </>
  );
};

const UserSkeleton = () => {
  const { t } = useTranslation();
  return (
    <PageSection aria-busy>
      <div className="wise-sync-columns">
        <Panel title={t("profile")}>
          <div className="wise-sync-skeleton">
            {[40, 90, 90, 90, 60].map((width, index) => (
              <Skeleton
                key={index}
                width={`${width}%`}
                height="2rem"
                {...(index === 0 && { screenreaderText: t("loading") })}
              />
            ))}
          </div>
        </Panel>
        <div className="wise-sync-aside">
          {[t("password"), t("twoFactor")].map((title) => (
            <Panel key={title} title={title}>
              <Skeleton height="3rem" />
            </Panel>
          ))}
        </div>
      </div>
    </PageSection>
  );
};
