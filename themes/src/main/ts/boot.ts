import "@patternfly/react-core/dist/styles/base.css";
import { environment } from "./environment";
import { showFailure } from "./failure";
import { loadMessages } from "./i18n";
import { comesFromLogin, logIn, logInForStockConsole } from "./session/keycloak";
import { isOurs, stockConsole } from "./stock";
import { refuseAutomaticInput } from "./typedOnly";

// The base element is for the import map only (index.ftl); if it stayed, "#..." links would be relative to it.
document.querySelector("base")?.remove();

const followColourScheme = () => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("pf-v5-theme-dark", dark.matches);
  dark.addEventListener("change", apply);
  apply();
};

/** A console opened anew, or after a logout: this may be another user. */
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
    if (!comesFromLogin()) {
      await logInForStockConsole();
    }
    return stockConsole.start((await messages).backToUsers);
  }
  refuseAutomaticInput();
  // The application is fetched beside the login; before the login it would only delay it.
  const application = comesFromLogin() ? import("./main") : undefined;
  await logIn();
  const { show } = await (application ?? import("./main"));
  await show(await messages);
};

// Imported statically: when it is needed, there may be no network.
start().catch(showFailure);
