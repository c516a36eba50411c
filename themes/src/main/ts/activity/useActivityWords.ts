import { useTranslation } from "react-i18next";
import { useAccountNames, MODES, PACKAGES, PSAS } from "../accounts/names";
import type { Schemas } from "../api/client";

export type Entry = Schemas["Activity"];
export type Kind = Entry["what"];

type Field = Entry["fields"][number];

/** Describes activity: the same words wherever it is shown, also in the file (`wiseSyncActivity` in the API's messages). */
export const useActivityWords = () => {
  const { t } = useTranslation();
  const names = useAccountNames();
  const kinds: Record<Kind, string> = {
    "logged-in": t("activityLoggedIn"),
    "login-failed": t("activityLoginFailed"),
    "logged-out": t("activityLoggedOut"),
    "locked-out": t("activityLockedOut"),
    unlocked: t("activityUnlocked"),
    "sessions-ended": t("activitySessionsEnded"),
    impersonated: t("activityImpersonated"),
    created: t("activityCreated"),
    changed: t("activityEdited"),
    disabled: t("activityDisabled"),
    enabled: t("activityEnabled"),
    deleted: t("activityDeleted"),
    "password-changed": t("activityPasswordChanged"),
    "password-link-mailed": t("activityPasswordLink"),
    "invitation-mailed": t("activityInvitationEmailed"),
    "invitation-revoked": t("activityInvitationRevoked"),
    "device-added": t("activityFactorAdded"),
    "devices-removed": t("activityFactorsRemoved"),
    "autotask-stored": t("activityAutotaskStored"),
    "autotask-removed": t("activityAutotaskRemoved"),
    "autotask-read": t("activityAutotaskRead"),
    "scim-changed": t("activityScimChanged"),
    "scim-token-created": t("activityScimTokenCreated"),
    "scim-token-revoked": t("activityScimTokenRevoked"),
    "scim-companies-changed": t("activityScimCompaniesChanged"),
    "account-created": t("activityAccountCreated"),
    "account-changed": t("activityAccountChanged"),
    "company-connected": t("activityCompanyConnected"),
    "company-changed": t("activityCompanyChanged"),
    "company-disconnected": t("activityCompanyDisconnected"),
  };
  const fields: Record<Field, string> = {
    role: t("role"),
    companies: t("companies"),
    defaultCompanies: t("directoryCompanies"),
    firstName: t("firstName"),
    lastName: t("lastName"),
    email: t("email"),
    username: t("username"),
    name: t("name"),
    package: t("accountingPackage"),
    psa: t("psa"),
    twoFactorMode: t("twoFactor"),
    enabled: t("enabled"),
  };

  const what = ({ what: kind, application, company }: Entry): string => {
    if (kind === "logged-in" && application) {
      return t("activityLoggedInAt", { application });
    }
    return company ? t("activityCompany", { what: kinds[kind], company }) : kinds[kind];
  };

  const value = (field: string, text: string | undefined): string => {
    if (!text) {
      return t("none");
    }
    switch (field as Field) {
      case "enabled":
        return text === "true" ? t("yes") : t("no");
      case "psa":
        return names.psa(PSAS.find((psa) => psa === text)) || text;
      case "twoFactorMode": {
        const mode = MODES.find((known) => known === text);
        return mode ? names.twoFactorMode(mode) : text;
      }
      case "package": {
        const known = PACKAGES.find((name) => name === text);
        return known ? names.accountingPackage(known) : text;
      }
      default:
        return text;
    }
  };

  return {
    kind: (kind: Kind) => kinds[kind],
    kinds: Object.keys(kinds) as Kind[],
    what,
    /** The user of the account who did it, its directory, or Wise-Sync. */
    who: ({ by, byDirectory }: Entry) => (byDirectory ? t("directory") : (by?.username ?? t("brand"))),
    changes: ({ changes }: Entry) =>
      changes.map(({ field, before, after }) => ({
        field: fields[field as Field] ?? field,
        before: value(field, before),
        after: value(field, after),
      })),
  };
};
