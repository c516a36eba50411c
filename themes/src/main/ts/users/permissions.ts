import { useTranslation } from "react-i18next";
import type { Role, Schemas } from "../api/client";

/** The four roles with their current permissions. */
export type RolePermissions = Schemas["RolePermissions"];

const permissionsOf = (roles: RolePermissions[], role: Role) =>
  roles.find(({ name }) => name === role)?.permissions ?? [];

export const isPermitted = (roles: RolePermissions[], role: Role, permission: string) =>
  permissionsOf(roles, role).includes(permission);

/** The permissions that a change of role removes and adds. */
export const difference = (roles: RolePermissions[], before: Role, after: Role) => ({
  lost: permissionsOf(roles, before).filter((it) => !isPermitted(roles, after, it)),
  gained: permissionsOf(roles, after).filter((it) => !isPermitted(roles, before, it)),
});

/** Permissions in words, and their order. */
export const usePermissionTexts = () => {
  const { t } = useTranslation();
  const texts: Record<string, string> = {
    "wise-sync-app/use": t("mayUseWiseSync"),
    "wise-sync-app/sync-invoices": t("maySyncInvoices"),
    "wise-sync-app/sync-procurement": t("maySyncProcurement"),
    "wise-sync-app/sync-expenses": t("maySyncExpenses"),
    "wise-sync-app/sync-payments": t("maySyncPayments"),
    "wise-sync-app/view-sync-statistics": t("mayViewSyncStatistics"),
    "wise-sync-app/view-sync-results": t("mayViewSyncResults"),
    "wise-sync-app/edit-account-setup": t("mayEditAccountSetup"),
    "wise-sync-app/update-subscription-payment-method": t("mayUpdatePaymentMethod"),
    "wise-sync-app/change-plan-and-add-ons": t("mayChangePlan"),
    "wise-sync-app/view-billing-history": t("mayViewBillingHistory"),
    "wise-sync-app/update-psa-settings": t("mayUpdatePsaSettings"),
    "wise-sync-app/create-companies": t("mayCreateCompanies"),
    "wise-sync-app/delete-companies": t("mayDeleteCompanies"),
    "wise-sync-app/edit-company-details-and-setup": t("mayEditCompanies"),
    "wise-sync-app/connect-companies": t("mayConnectCompanies"),
    "wise-sync-app/add-users": t("mayAddUsers"),
    "wise-sync-app/create-quicklink": t("mayCreateQuickLink"),
    "wise-sync-app/remove-quicklink": t("mayRemoveQuickLink"),
    "wise-sync-app/emulate-users": t("mayEmulateUsers"),
    "wise-sync-app/disable-users": t("mayDisableUsers"),
    "wise-sync-app/assign-user-rights": t("mayAssignUserRights"),
    "wise-sync-app/edit-users": t("mayEditUsers"),
    "wise-sync-app/edit-own-profile": t("mayEditOwnProfile"),
    "wise-sync-app/use-knowledge-base": t("mayUseKnowledgeBase"),
    "wise-sync-app/contact-support": t("mayContactSupport"),
    "wise-sync-app/request-onboarding-update": t("mayRequestOnboardingUpdate"),
    "wise-sync-app/add-onboarding-note": t("mayAddOnboardingNote"),
    "wise-pay/use": t("mayUseWisePay"),
    "wise-pay/edit-merchant-settings": t("mayEditMerchantSettings"),
    "wise-pay/manage-invoices": t("mayManageInvoices"),
    "wise-pay/manage-payers": t("mayManagePayers"),
    "wise-pay/manage-payments": t("mayManagePayments"),
  };
  const known = Object.keys(texts);
  const position = (permission: string) => (permission in texts ? known.indexOf(permission) : known.length);
  return {
    /** An operator may have added permissions that have no words here. */
    text: (permission: string) => texts[permission] ?? permission,
    /** Each once: those with words in the order of the list above, then the others. */
    inOrder: (permissions: string[]) =>
      [...new Set(permissions)].sort((one, other) => position(one) - position(other)),
  };
};
