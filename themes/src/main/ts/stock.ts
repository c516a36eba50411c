import { NotLoaded } from "./api/errors";
import { environment } from "./environment";

/** What of a Vite manifest is needed to start its entry. */
type Manifest = Record<string, { file: string; css?: string[]; isEntry?: boolean }>;

const CHOICE = "wise-sync.console";

/**
 * Keycloak's own console, as this very server has it: the theme `keycloak.v2` with its styles and scripts, so that it is
 * always the server's version and nothing of it is lost. A whole page of its own: it logs in by itself, and what
 * comes back from its login page is meant for it. So the choice is kept for the tab.
 */
export const stockConsole = {
  isChosen: () => sessionStorage.getItem(CHOICE) === "stock",

  /** From a running console of ours. */
  open(hash = `#/${encodeURIComponent(environment.realm)}`) {
    sessionStorage.setItem(CHOICE, "stock");
    history.replaceState(null, "", `${location.pathname}${hash}`);
    location.reload();
  },

  leave() {
    sessionStorage.removeItem(CHOICE);
  },

  async start() {
    const resources = environment.resourceUrl.replace(/\/[^/]*$/, "/keycloak.v2");
    const answer = await fetch(`${resources}/.vite/manifest.json`);
    if (!answer.ok) {
      throw new NotLoaded(`Keycloak's console could not be found (${answer.status})`);
    }
    const entry = Object.values((await answer.json()) as Manifest).find(({ isEntry }) => isEntry);
    if (!entry) {
      throw new NotLoaded("Keycloak's console has no entry");
    }
    // Ours first, theirs after it: the same PatternFly classes, and theirs must win.
    document.querySelectorAll("link[data-console]").forEach((link) => link.remove());
    await Promise.all((entry.css ?? []).map((style) => addStyles(`${resources}/${style}`)));
    await import(/* @vite-ignore */ `${resources}/${entry.file}`);
  },
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
