import { environment } from "../environment";
import { session } from "../session/session";

/** Whether Keycloak's own console has anything to show to this person. It answers 403 to who holds no admin role. */
export const hasAdminRoles = async (): Promise<boolean> => {
  const realm = encodeURIComponent(environment.realm);
  const answer = await fetch(`${environment.consoleBaseUrl}whoami?currentRealm=${realm}`, {
    headers: { Authorization: `Bearer ${await session.token()}`, Accept: "application/json" },
  });
  return answer.ok;
};
