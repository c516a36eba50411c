import { isUnreachable, NotLoaded } from "./api/errors";
import { loadMessages } from "./i18n";

/** Shown when the console itself could not start: plain DOM, text only. */
export const showFailure = async (error: unknown) => {
  console.error(error);
  const messages = await loadMessages();
  const text = document.createElement("p");
  const isMissing = error instanceof NotLoaded || isUnreachable(error);
  text.textContent = isMissing ? messages.notLoaded : messages.somethingWentWrongDescription;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "pf-v5-c-button pf-m-primary";
  again.textContent = messages.tryAgain;
  again.onclick = () => {
    // Without the login response; changing the hash alone would load nothing.
    history.replaceState(null, "", location.pathname + location.hash);
    location.reload();
  };
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.className = "keycloak__loading-container";
  box.append(text, again);
  document.getElementById("app")?.replaceChildren(box);
};
