import { loadMessages } from "./i18n";

/** The last resort, when the console itself could not start: plain DOM, text only. */
export const showFailure = async (error: unknown) => {
  console.error(error);
  const messages = await loadMessages();
  const text = document.createElement("p");
  text.textContent = messages.somethingWentWrongDescription;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "pf-v5-c-button pf-m-primary";
  again.textContent = messages.tryAgain;
  again.onclick = () => location.replace(location.pathname + location.hash);
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.className = "keycloak__loading-container";
  box.append(text, again);
  document.getElementById("app")?.replaceChildren(box);
};
