import {
  Dropdown,
  DropdownItem,
  DropdownList,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  MenuToggle,
  Nav,
  NavItem,
  NavList,
  Page,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import { QueryErrorResetBoundary, useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router-dom";
import { useMe } from "./AccountContext";
import { queries } from "./api/queries";
import { reachable } from "./environment";
import { Interruptions } from "./session/Interruptions";
import { keycloak } from "./session/keycloak";
import { stockConsole } from "./stock";
import { AlertsProvider } from "./ui/Alerts";
import { FailureBoundary } from "./ui/Failure";
import { Loading } from "./ui/Loading";
import { Offline } from "./ui/Offline";
import { useReport } from "./ui/useReport";

const MAIN = "main-content";

/** The frame around every page: brand, top menu, the user who is logged in. */
export const Layout = () => (
  <QueryErrorResetBoundary>
    {({ reset }) => (
      <Suspense fallback={<Loading />}>
        <FailureBoundary reset={reset}>
          <AlertsProvider>
            <Frame />
          </AlertsProvider>
        </FailureBoundary>
      </Suspense>
    )}
  </QueryErrorResetBoundary>
);

const Frame = () => {
  const { t } = useTranslation();
  const skip = (
    <SkipToContent
      href={`#${MAIN}`}
      onClick={(event) => {
        // The hash belongs to the router.
        event.preventDefault();
        document.getElementById(MAIN)?.focus();
      }}
    >
      {t("skipToContent")}
    </SkipToContent>
  );
  return (
    <Page header={<Top />} skipToContent={skip} mainContainerId={MAIN} mainTabIndex={-1}>
      <Offline />
      <Outlet />
      <Interruptions />
    </Page>
  );
};

const Top = () => {
  const { t } = useTranslation();
  return (
    <Masthead display={{ default: "inline" }} className="wise-sync-masthead" backgroundColor="light">
      <MastheadMain>
        <MastheadBrand component={(props) => <Link {...props} to="/" />} aria-label={t("brand")}>
          <span className="wise-sync-logo" />
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isFullHeight>
          <ToolbarContent>
            <ToolbarItem className="wise-sync-menu">
              <Menu />
            </ToolbarItem>
            <ToolbarItem align={{ default: "alignRight" }}>
              <Person />
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
};

const Menu = () => {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { staff, role } = useMe();
  const hasAdminRoles = useQuery(queries.adminRoles());
  const report = useReport();
  const entries = [
    ...(role === "account-admin"
      ? [
          { to: "/users", text: t("users") },
          { to: "/account", text: t("account") },
          { to: "/activity", text: t("activity") },
        ]
      : []),
    ...(staff
      ? [
          { to: "/accounts", text: t("accounts") },
          { to: "/deactivations", text: t("deactivations") },
          { to: "/lifecycle", text: t("lifecycle") },
          { to: "/setup", text: t("setup") },
        ]
      : []),
  ];
  if (entries.length === 0 && !hasAdminRoles.data) {
    return null;
  }
  return (
    <Nav variant="horizontal" aria-label={t("navigation")}>
      <NavList backScrollAriaLabel={t("scrollBack")} forwardScrollAriaLabel={t("scrollForward")}>
        {entries.map(({ to, text }) => {
          const isActive = pathname === to || pathname.startsWith(`${to}/`);
          return (
            <NavItem key={to} isActive={isActive}>
              <Link to={to} aria-current={isActive ? "page" : undefined}>
                {text}
              </Link>
            </NavItem>
          );
        })}
        {hasAdminRoles.data && (
          <NavItem
            preventDefault
            onClick={() => void reachable().then(() => stockConsole.open(), report)}
            to="#/"
          >
            {t("openKeycloakConsole")}
          </NavItem>
        )}
      </NavList>
    </Nav>
  );
};

const Person = () => {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { username, account } = useMe();
  const name = (keycloak.idTokenParsed?.name as string | undefined) || username;
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ position: "right" }}
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plainText" isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span className="wise-sync-person">
            <span title={name}>{name}</span>
            {account && <small>{account.name}</small>}
          </span>
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem onClick={() => void keycloak.accountManagement()}>{t("personalSettings")}</DropdownItem>
        <DropdownItem onClick={() => void keycloak.logout()}>{t("logOut")}</DropdownItem>
      </DropdownList>
    </Dropdown>
  );
};
