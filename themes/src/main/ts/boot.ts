import "@patternfly/react-core/dist/styles/base.css";
import { environment } from "./environment";
import { showFailure } from "./failure";
import { loadMessages } from "./i18n";
import { comesFromLogin, logIn } from "./session/keycloak";
import { stockConsole } from "./stock";
import { keepWhatPeopleTyped } from "./typedOnly";

// The base was for the import map alone (index.ftl); left in place it would bend every "#..." link.
document.querySelector("base")?.remove();

const followColourScheme = () => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("pf-v5-theme-dark", dark.matches);
  dark.addEventListener("change", apply);
  apply();
};

const isOurs = (hash: string) => /^#\/(users|accounts|deactivations)(\/|\?|$)/.test(hash);

/** A console opened anew, or after a logout: whoever comes now may be somebody else. */
const isBeginning = () => /^#?\/?$/.test(location.hash) && !comesFromLogin();

const start = async () => {
  if (environment.darkMode) {
    followColourScheme();
  }
  if (isOurs(location.hash) || isBeginning()) {
    stockConsole.leave();
  }
  const messages = loadMessages();
  if (stockConsole.isChosen()) {
    return stockConsole.start();
  }
  keepWhatPeopleTyped();
  // What is needed after the login is fetched beside it; before the login it would only be in its way.
  const application = comesFromLogin() ? import("./main") : undefined;
  await logIn();
  const { show } = await (application ?? import("./main"));
  await show(await messages);
};

// Not fetched when it is needed: then there may be no network to fetch it from.
start().catch(showFailure);
