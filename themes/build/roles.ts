import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Plugin } from "vite";

const NAME = "virtual:roles";
const FILE = new URL("../../realm-config/src/main/resources/realm/roles.yaml", import.meta.url);

type Roles = {
  roles: { realm: { name: string; composites?: { client?: Record<string, string[]> } }[] };
};

/** Makes the permissions of the realm's roles available to the console as `virtual:roles`. */
export const roles = (): Plugin => ({
  name: NAME,
  resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
  load: (id) => {
    if (id !== `\0${NAME}`) {
      return undefined;
    }
    const { roles } = parse(readFileSync(FILE, "utf8")) as Roles;
    const permissions = roles.realm
      .filter(({ composites }) => composites?.client)
      .map(({ name, composites }) => [
        name,
        Object.entries(composites?.client ?? {}).flatMap(([client, names]) =>
          names.map((permission) => `${client}/${permission}`),
        ),
      ]);
    return `export const permissionsOf = ${JSON.stringify(Object.fromEntries(permissions))};`;
  },
});
