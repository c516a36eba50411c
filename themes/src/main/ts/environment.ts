import type { BaseEnvironment } from "@keycloak/keycloak-ui-shared";
import { reach } from "./api/errors";

/** The values that Keycloak's AdminConsole puts into the page (index.ftl, `environment`). */
export type Environment = BaseEnvironment & {
  /** Base of the admin API; another origin than `serverBaseUrl` if the server has its own admin hostname. */
  adminBaseUrl: string;
  /** Path of this console. */
  consoleBaseUrl: string;
  resourceVersion: string;
  /** Where a new Wise-Pay link is configured (`wisePayLinksUrl` in theme.properties); empty if unset. */
  wisePayLinksUrl?: string;
};

// Not the reader of ui-shared: the boot chunk must not wait for that library.
const read = (): Environment => {
  const injected = document.getElementById("environment")?.textContent;
  if (!injected) {
    throw new Error("The page has no environment");
  }
  return JSON.parse(injected) as Environment;
};

export const environment: Environment = read();

/** Fails if the server cannot be reached: a reload would then lose the page that is open. */
export const reachable = () => reach(environment.consoleBaseUrl, { method: "HEAD" });
