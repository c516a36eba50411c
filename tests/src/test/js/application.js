import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oidc from "openid-client";

/** Reads the realm's metadata once, when the application starts. */
export async function connect(issuer, clientId, clientSecret, options) {
  return oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, options);
}

/** Starts a login: keep `checks` in the browser's session and redirect to `url`. */
export async function startLogin(config, redirectUri) {
  const verifier = oidc.randomPKCECodeVerifier();
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    idTokenExpected: true,
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "openid",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
  });
  return { url, checks };
}

/** Finishes the login: returns the tokens, the claims and the user's companies. */
export async function finishLogin(config, currentUrl, checks) {
  const tokens = await oidc.authorizationCodeGrant(config, currentUrl, checks);
  const claims = tokens.claims();
  const companies =
    claims.companies ??
    (await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)).companies;
  return { tokens, claims, companies };
}

/** Returns new tokens, or undefined when the user has no access any more. */
export async function refresh(config, refreshToken) {
  try {
    return await oidc.refreshTokenGrant(config, refreshToken);
  } catch (error) {
    if (error.error === "invalid_grant") {
      return undefined;
    }
    throw error;
  }
}

/** Verifies the logout token that Keycloak posts to the back-channel logout URL: end the session `sid` of the user `sub`. */
export async function loggedOut(config, clientId, logoutToken) {
  const { issuer, jwks_uri } = config.serverMetadata();
  const { payload } = await jwtVerify(logoutToken, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: clientId,
    typ: "logout+jwt",
  });
  if (!payload.events?.["http://schemas.openid.net/event/backchannel-logout"]) {
    throw new Error("Not a logout token");
  }
  return { sub: payload.sub, sid: payload.sid };
}
