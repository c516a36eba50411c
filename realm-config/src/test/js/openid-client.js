// An application as its developers would write it, with a library that nobody here wrote. Says on each line what it has,
// and reads what the browser brought back.
import { createInterface } from "node:readline";
import * as oidc from "openid-client";

const [issuer, clientId, secret, redirectUri] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (message) => console.log(JSON.stringify(message));
const hear = async () => (await lines.next()).value;

const config = await oidc.discovery(new URL(issuer), clientId, secret, undefined, {
  execute: [oidc.allowInsecureRequests],
});
const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();
const nonce = oidc.randomNonce();
say({
  authorize: oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "openid",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  }),
});

const tokens = await oidc.authorizationCodeGrant(config, new URL(await hear()), {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
});
const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
say({
  claims: tokens.claims(),
  userinfo: await oidc.fetchUserInfo(config, refreshed.access_token, tokens.claims().sub),
  introspection: await oidc.tokenIntrospection(config, refreshed.access_token),
  endSession: oidc.buildEndSessionUrl(config, {
    post_logout_redirect_uri: redirectUri,
    id_token_hint: refreshed.id_token,
  }),
});

await hear();
try {
  await oidc.refreshTokenGrant(config, refreshed.refresh_token);
  say({ refused: false });
} catch (error) {
  say({ refused: error.error });
}
process.exit(0);
