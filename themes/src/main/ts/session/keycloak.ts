import Keycloak from "keycloak-js";
import { environment } from "../environment";

export const keycloak = new Keycloak({
  url: environment.serverBaseUrl,
  realm: environment.realm,
  clientId: environment.clientId,
});

/**
 * Logs in, or goes to the login page and never comes back from this call.
 *
 * Without `onLoad: "login-required"`: keycloak-js would then leave the page whenever a refresh is refused, and what is typed
 * would be lost. Without the status iframe, which costs three more round trips before anything is shown: a session that
 * ended elsewhere is noticed at the next call of the API. Logging out by a form: by address, the ID token would be in it, and
 * so in the logs of whatever stands between.
 */
export const logIn = async () => {
  const authenticated = await keycloak.init({
    pkceMethod: "S256",
    responseMode: "query",
    checkLoginIframe: false,
    logoutMethod: "POST",
  });
  if (!authenticated) {
    await keycloak.login();
    await new Promise<never>(() => undefined);
  }
};

/** Whether the address is the one Keycloak's login page comes back to. */
export const comesFromLogin = () => {
  const query = new URLSearchParams(location.search);
  return query.has("state") && (query.has("code") || query.has("error"));
};
