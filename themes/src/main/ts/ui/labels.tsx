import { Label, Tooltip } from "@patternfly/react-core";
import { BanIcon } from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { EnvelopeIcon } from "@patternfly/react-icons/dist/esm/icons/envelope-icon";
import { ExclamationTriangleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import { LockIcon } from "@patternfly/react-icons/dist/esm/icons/lock-icon";
import { MobileAltIcon } from "@patternfly/react-icons/dist/esm/icons/mobile-alt-icon";
import { useTranslation } from "react-i18next";
import type { Company, User } from "../api/client";
import type { SecondFactor } from "../users/secondFactor";
import { Cut, Nothing } from "./Cut";
import { isLockedOut } from "./isLockedOut";

export const StatusLabel = ({ enabled }: { enabled: boolean }) => {
  const { t } = useTranslation();
  return enabled ? (
    <Label color="green" icon={<CheckCircleIcon />} isCompact>
      {t("enabled")}
    </Label>
  ) : (
    <Label icon={<BanIcon />} isCompact>
      {t("disabled")}
    </Label>
  );
};

/** Whether a user is invited, locked out, enabled or disabled. */
export const UserStatus = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  if (user.enabled && isLockedOut(user)) {
    return (
      <Label color="orange" icon={<LockIcon />} isCompact>
        {t("lockedOut")}
      </Label>
    );
  }
  return user.enabled && user.invitation ? (
    <InvitationLabel state={user.invitation.state} />
  ) : (
    <StatusLabel enabled={user.enabled} />
  );
};

export const InvitationLabel = ({ state }: { state: NonNullable<User["invitation"]>["state"] }) => {
  const { t } = useTranslation();
  const texts = {
    waiting: t("invitationWaiting"),
    mailed: t("invitationMailed"),
    expired: t("invitationExpired"),
    failed: t("invitationFailed"),
    revoked: t("invitationRevoked"),
  };
  return (
    <Label
      isCompact
      color={state === "failed" ? "red" : "blue"}
      icon={state === "failed" ? <ExclamationTriangleIcon /> : <EnvelopeIcon />}
    >
      {texts[state]}
    </Label>
  );
};

/** The words for a second factor; none while it is not known. */
export const useSecondFactorText = () => {
  const { t } = useTranslation();
  const texts: Record<SecondFactor, string> = {
    own: t("factorSetUp"),
    code: t("emailedCode"),
    none: t("factorNotRequired"),
  };
  return (factor: SecondFactor | undefined) => (factor ? texts[factor] : "");
};

export const SecondFactorText = ({ factor }: { factor: SecondFactor | undefined }) => {
  const text = useSecondFactorText();
  return (
    <span className="wise-sync-with-icon">
      {factor === "own" && <MobileAltIcon />}
      {factor === "code" && <EnvelopeIcon />}
      {text(factor)}
    </span>
  );
};

const SHOWN_BY_NAME = 2;

/** "All companies", their names, or their number with the names on hover and focus. */
export const CompaniesText = ({ user, companies }: { user: User; companies: Company[] }) => {
  const { t } = useTranslation();
  if (user.role === "account-admin") {
    return <>{t("allCompanies")}</>;
  }
  if (user.role !== "user") {
    return <Nothing name={t("none")} />;
  }
  const names = user.companies.map((id) => companies.find((company) => company.id === id)?.name ?? id);
  if (names.length === 0) {
    return (
      <Label isCompact color="orange" icon={<ExclamationTriangleIcon />}>
        {t("noCompany")}
      </Label>
    );
  }
  if (names.length <= SHOWN_BY_NAME) {
    return <Cut>{names.join(", ")}</Cut>;
  }
  return (
    <Tooltip
      content={
        <ul>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      }
    >
      <button type="button" className="wise-sync-hint">
        {t("companiesCount", { count: names.length })}
      </button>
    </Tooltip>
  );
};
