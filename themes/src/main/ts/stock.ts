import { NotLoaded, reach } from "./api/errors";
import { environment } from "./environment";

/** The part of a Vite manifest that is needed to start its entry. */
type Manifest = Record<string, { file: string; css?: string[]; isEntry?: boolean }>;

const CHOICE = "wise-sync.console";

/** Whether an address belongs to this console rather than to Keycloak's own. */
export const isOurs = (hash: string) =>
  /^#\/(users|accounts|account|activity|deactivations|lifecycle|setup)(\/|\?|$)/.test(hash);

/**
 * Keycloak's own console, with the styles and scripts of the server's theme `keycloak.v2`, so that it always has the
 * server's version. It is a page of its own that reads the login response itself; so the choice is kept for the tab.
 */
export const stockConsole = {
  isChosen: () => sessionStorage.getItem(CHOICE) === "stock",

  /** Leaves this console. The page that was open stays in the history: Back leads to it. */
  open(hash = `#/${encodeURIComponent(environment.realm)}`) {
    sessionStorage.setItem(CHOICE, "stock");
    if (location.hash === hash) {
      history.replaceState(null, "", `${location.pathname}${hash}`);
    } else {
      history.pushState(null, "", `${location.pathname}${hash}`);
    }
    location.reload();
  },

  leave() {
    sessionStorage.removeItem(CHOICE);
  },

  /** Comes back to this console. */
  close() {
    stockConsole.leave();
    history.pushState(null, "", `${location.pathname}#/`);
    location.reload();
  },

  /** @param back the text of the link that leads back to this console */
  async start(back: string) {
    const resources = environment.resourceUrl.replace(/\/[^/]*$/, "/keycloak.v2");
    const answer = await reach(`${resources}/.vite/manifest.json`);
    if (!answer.ok) {
      throw new NotLoaded(`Keycloak's console could not be found (${answer.status})`);
    }
    const entry = Object.values((await answer.json()) as Manifest).find(({ isEntry }) => isEntry);
    if (!entry) {
      throw new NotLoaded("Keycloak's console has no entry");
    }
    // Both use the same PatternFly classes: only its own styles may apply.
    document.querySelectorAll("link[data-console]").forEach((link) => link.remove());
    await Promise.all((entry.css ?? []).map((style) => addStyles(`${resources}/${style}`)));
    addWayBack(back);
    await import(/* @vite-ignore */ `${resources}/${entry.file}`);
  },
};

/** A bar above Keycloak's console, and the browser's Back: both lead to this console. */
const addWayBack = (text: string) => {
  const link = document.createElement("a");
  link.href = "#/";
  link.textContent = `← ${text}`;
  link.onclick = (event) => {
    event.preventDefault();
    stockConsole.close();
  };
  const bar = document.createElement("nav");
  bar.className = "wise-sync-way-back";
  bar.setAttribute("aria-label", text);
  bar.append(link);
  document.getElementById("app")?.before(bar);
  window.addEventListener("popstate", () => {
    if (isOurs(location.hash)) {
      stockConsole.leave();
      location.reload();
    }
  });
};

const addStyles = (href: string) =>
  new Promise<void>((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new NotLoaded(`No styles at ${href}`));
    document.head.append(link);
  });
