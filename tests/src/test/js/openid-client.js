// An application as its developers would write it, with a library that nobody here wrote. Says on each line what it has,
// and reads what the browser brought back.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oidc from "openid-client";

const [issuer, clientId, secret, redirectUri] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (message) => console.log(JSON.stringify(message));
const hear = async () => (await lines.next()).value;

const config = await oidc.discovery(new URL(issuer), clientId, secret, undefined, {
  // Signatures are checked as well, though the tokens come from the server itself.
  execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
});
let loggedOut;
const logout = new Promise((resolve) => (loggedOut = resolve));
const server = createServer(async (request, response) => {
  const body = new URLSearchParams(await new Response(request).text());
  response.end();
  loggedOut(body.get("logout_token"));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();
const nonce = oidc.randomNonce();
say({
  backchannel: `http://localhost:${server.address().port}/logout`,
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

const { payload } = await jwtVerify(
  await logout,
  createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri)),
  { issuer: config.serverMetadata().issuer, audience: clientId, typ: "logout+jwt" },
);
say({ loggedOut: payload });
process.exit(0);
