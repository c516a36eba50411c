import Keycloak from "keycloak-js";
import { environment } from "../environment";

export const keycloak = new Keycloak({
  url: environment.serverBaseUrl,
  realm: environment.realm,
  clientId: environment.clientId,
});

const never = () => new Promise<never>(() => undefined);

/** Goes to the login page in place of this one: the browser's Back does not lead to a page that only logs in again. */
const goToLogin = async (): Promise<never> => {
  location.replace(await keycloak.createLoginUrl());
  return never();
};

const init = () =>
  keycloak.init({
    pkceMethod: "S256",
    responseMode: "query",
    checkLoginIframe: false,
    logoutMethod: "POST",
  });

/**
 * Logs in, or goes to the login page; then this call never returns.
 *
 * Without `onLoad: "login-required"`: keycloak-js would leave the page whenever a refresh is refused, and unsaved input
 * would be lost. Without the status iframe, which costs three more round trips before the first page: a session that
 * ended elsewhere is noticed at the next API call. Logout by a form: a link would carry the ID token in its address, and
 * so into the logs of proxies.
 */
export const logIn = async () => {
  // A cancelled step-up comes back with this error; the session is still there.
  const isCancelled = new URLSearchParams(location.search).get("error") === "access_denied";
  const authenticated = await init().catch((error: unknown) => {
    if (isCancelled) {
      return false;
    }
    throw error;
  });
  if (!authenticated) {
    await goToLogin();
  }
};

/**
 * Logs in for Keycloak's own console, which reads the response itself: keycloak-js keeps what it needs for it in
 * `localStorage` (`kc-callback-<state>`, 26.2). Otherwise that console would add the login to the browser's history, and
 * Back would not lead out of it.
 */
export const logInForStockConsole = async () => {
  await init();
  await goToLogin();
};

/** Whether this page was opened by the response of Keycloak's login page. */
export const comesFromLogin = () => {
  const query = new URLSearchParams(location.search);
  return query.has("state") && (query.has("code") || query.has("error"));
};
