// Logs in with the code of docs/applications.md (application.js). Reports each step as a line of JSON, and reads from standard
// input the address that the browser was redirected to.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import * as oidc from "openid-client";
import { connect, finishLogin, loggedOut, refresh, startLogin } from "./application.js";

const [issuer, clientId, secret, redirectUri] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const report = (message) => console.log(JSON.stringify(message));
const nextLine = async () => (await lines.next()).value;

const config = await connect(issuer, clientId, secret, {
  // The test server has no TLS. Signatures are verified although the tokens come from the server itself.
  execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
});
let receiveLogout;
const logout = new Promise((resolve) => (receiveLogout = resolve));
const server = createServer(async (request, response) => {
  const body = new URLSearchParams(await new Response(request).text());
  response.end();
  receiveLogout(body.get("logout_token"));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const { url, checks } = await startLogin(config, redirectUri);
report({ backchannel: `http://localhost:${server.address().port}/logout`, authorize: url });

const { tokens, claims, companies } = await finishLogin(config, new URL(await nextLine()), checks);
const refreshed = await refresh(config, tokens.refresh_token);
report({
  claims,
  companies,
  userinfo: await oidc.fetchUserInfo(config, refreshed.access_token, claims.sub),
  introspection: await oidc.tokenIntrospection(config, refreshed.access_token),
  endSession: oidc.buildEndSessionUrl(config, {
    post_logout_redirect_uri: redirectUri,
    id_token_hint: refreshed.id_token,
  }),
});

await nextLine();
report({ hasAccess: (await refresh(config, refreshed.refresh_token)) !== undefined });
report({ loggedOut: await loggedOut(config, clientId, await logout) });
process.exit(0);
