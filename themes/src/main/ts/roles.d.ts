/** The permissions of the roles in the realm's own file (`roles.yaml`), read at build time. */
declare module "virtual:roles" {
  /** Role -> `client/permission`. */
  export const permissionsOf: Record<string, readonly string[]>;
}
