// Keycloak's pages (26.7) do not know the challenge of RFC 9470: the server refuses changes after an old login. This sends the
// user to a login and back to the same page. Keycloak's script takes no notice of the code that comes back, and of this login only
// that there is a session; so the code is never redeemed and needs no verifier that anybody knows.
const environment = JSON.parse(document.getElementById("environment").textContent);

const random = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  .replaceAll("+", "-")
  .replaceAll("/", "_")
  .replaceAll("=", "");

function logInAgain(maxAge) {
  const login = new URL(
    `${environment.serverBaseUrl}/realms/${encodeURIComponent(environment.realm)}/protocol/openid-connect/auth`,
  );
  login.search = new URLSearchParams({
    client_id: environment.clientId,
    redirect_uri: location.origin + location.pathname,
    response_type: "code",
    scope: "openid",
    state: random(),
    code_challenge: random(),
    code_challenge_method: "S256",
    max_age: maxAge,
  });
  location.assign(login);
}

const send = window.fetch;

window.fetch = async (...request) => {
  const response = await send(...request);
  const challenge = response.headers.get("WWW-Authenticate") ?? "";
  if (response.status === 401 && challenge.includes("insufficient_user_authentication")) {
    logInAgain(/max_age="(\d+)"/.exec(challenge)?.[1] ?? "0");
    // The page is about to be left: no error is shown on it.
    return new Promise(() => {});
  }
  return response;
};
