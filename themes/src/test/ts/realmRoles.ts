import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { RolePermissions } from "../../main/ts/users/permissions";

const FILE = "../realm-config/src/main/resources/realm/roles.yaml";

type Roles = {
  roles: { realm: { name: RolePermissions["name"]; composites?: { client: Record<string, string[]> } }[] };
};

/** The roles of the realm's file, as the API lists them. */
export const REALM_ROLES: RolePermissions[] = (
  parse(readFileSync(FILE, "utf8")) as Roles
).roles.realm.flatMap(({ name, composites }) =>
  composites
    ? {
        name,
        permissions: Object.entries(composites.client).flatMap(([client, names]) =>
          names.map((permission) => `${client}/${permission}`),
        ),
      }
    : [],
);
