import { environment } from "../environment";
import { reach } from "./errors";
import { session } from "../session/session";

/** Whether the user may open Keycloak's own console. It answers 403 to users without an admin role. */
export const hasAdminRoles = async (): Promise<boolean> => {
  const realm = encodeURIComponent(environment.realm);
  const answer = await reach(`${environment.consoleBaseUrl}whoami?currentRealm=${realm}`, {
    headers: { Authorization: `Bearer ${await session.token()}`, Accept: "application/json" },
  });
  return answer.ok;
};
