import type { BaseEnvironment } from "@keycloak/keycloak-ui-shared";

/** What Keycloak's AdminConsole puts into the page (index.ftl, `environment`). */
export type Environment = BaseEnvironment & {
  /** Base of the admin API; another origin than `serverBaseUrl` where the server has its own admin hostname. */
  adminBaseUrl: string;
  /** Path of this console. */
  consoleBaseUrl: string;
  resourceVersion: string;
};

// Not ui-shared's own reader: the boot chunk must not wait for that library.
const read = (): Environment => {
  const injected = document.getElementById("environment")?.textContent;
  if (!injected) {
    throw new Error("The page brings no environment");
  }
  return JSON.parse(injected) as Environment;
};

export const environment: Environment = read();

/** Fails where there is no server to load a page from: a reload would lose the one that is there. */
export const reachable = () => fetch(environment.consoleBaseUrl, { method: "HEAD" });
