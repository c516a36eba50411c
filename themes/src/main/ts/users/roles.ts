import { useTranslation } from "react-i18next";
import type { Role } from "../api/client";

/** The roles, in the order in which the form shows them. */
export const ROLES: readonly Role[] = ["account-admin", "user", "merchant-admin", "merchant-user"];

/** Names and descriptions of the roles. */
export const useRoles = () => {
  const { t } = useTranslation();
  const texts: Record<Role, { name: string; may: string }> = {
    "account-admin": { name: t("roleAccountAdmin"), may: t("roleAccountAdminMay") },
    user: { name: t("roleUser"), may: t("roleUserMay") },
    "merchant-admin": { name: t("roleMerchantAdmin"), may: t("roleMerchantAdminMay") },
    "merchant-user": { name: t("roleMerchantUser"), may: t("roleMerchantUserMay") },
  };
  return {
    name: (role: Role | undefined) => (role ? texts[role].name : t("noRole")),
    may: (role: Role) => texts[role].may,
  };
};

export const fullName = ({ firstName, lastName }: { firstName?: string; lastName?: string }) =>
  [firstName, lastName].filter(Boolean).join(" ");
