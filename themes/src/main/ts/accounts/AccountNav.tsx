import { Nav, NavItem, NavList } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router-dom";
import { useAccount } from "../AccountContext";

/** For support: the pages of the account that is open. Account-admins have them in the main menu. */
export const AccountNav = () => {
  const { t } = useTranslation();
  const { byStaff, path, accountPath, activityPath } = useAccount();
  const { pathname } = useLocation();
  if (!byStaff) {
    return null;
  }
  const entries = [
    { to: path, text: t("users") },
    { to: accountPath, text: t("account") },
    { to: activityPath, text: t("activity") },
  ];
  return (
    <Nav variant="horizontal" aria-label={t("accountNavigation")} className="wise-sync-account-nav">
      <NavList>
        {entries.map(({ to, text }) => (
          <NavItem key={to} isActive={pathname === to}>
            <Link to={to} aria-current={pathname === to ? "page" : undefined}>
              {text}
            </Link>
          </NavItem>
        ))}
      </NavList>
    </Nav>
  );
};
