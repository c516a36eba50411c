import { useTranslation } from "react-i18next";
import type { Account, Company } from "../api/client";

export const PSAS: readonly NonNullable<Account["psa"]>[] = ["autotask", "other"];
export const MODES: readonly Account["twoFactorMode"][] = ["required", "optional"];
export const PACKAGES: readonly Company["package"][] = ["xero", "quickbooks", "myob"];

const PACKAGE_NAMES: Record<Company["package"], string> = {
  xero: "Xero",
  quickbooks: "QuickBooks",
  myob: "MYOB",
};

/** Names of the values that an account and its companies have. */
export const useAccountNames = () => {
  const { t } = useTranslation();
  const psas: Record<NonNullable<Account["psa"]>, string> = {
    autotask: t("psaAutotask"),
    other: t("psaOther"),
  };
  const modes: Record<Account["twoFactorMode"], string> = {
    required: t("twoFactorRequired"),
    optional: t("twoFactorOptional"),
  };
  return {
    psa: (psa: Account["psa"]) => (psa ? psas[psa] : t("psaNone")),
    twoFactorMode: (mode: Account["twoFactorMode"]) => modes[mode],
    accountingPackage: (name: Company["package"]) => PACKAGE_NAMES[name],
  };
};
