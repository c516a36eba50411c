import { keepPreviousData, queryOptions, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { answer, api, content, type Role, type Schemas, type User } from "./client";
import { hasAdminRoles } from "./whoami";

export const USER_SORTS = [
  "name",
  "-name",
  "username",
  "-username",
  "role",
  "-role",
  "lastLogin",
  "-lastLogin",
] as const;

export type UserSort = (typeof USER_SORTS)[number];

export type UserFilter = {
  search?: string;
  role?: Role;
  company?: string;
  enabled?: boolean;
  invited?: boolean;
  idleDays?: number;
  neverLoggedIn?: boolean;
  sort?: UserSort;
  first: number;
  max: number;
};

/** A user, and the version that was read, for `If-Match`. */
export type VersionedUser = { user: User; version: string | null };

const path = (account: string, user: string) => ({ params: { path: { account, user } } });

export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: () => content(api.GET("/me")), staleTime: Infinity }),

  adminRoles: () => queryOptions({ queryKey: ["adminRoles"], queryFn: hasAdminRoles, staleTime: Infinity }),

  accounts: (query: { search?: string; first: number; max: number }) =>
    queryOptions({
      queryKey: ["accounts", query],
      queryFn: () => content(api.GET("/accounts", { params: { query } })),
      placeholderData: keepPreviousData,
    }),

  account: (account: string) =>
    queryOptions({
      queryKey: ["account", account],
      queryFn: () => content(api.GET("/accounts/{account}", { params: { path: { account } } })),
    }),

  companies: (account: string) =>
    queryOptions({
      queryKey: ["account", account, "companies"],
      queryFn: () => content(api.GET("/accounts/{account}/companies", { params: { path: { account } } })),
    }),

  users: (account: string, query: UserFilter) =>
    queryOptions({
      queryKey: ["account", account, "users", query],
      queryFn: () => content(api.GET("/accounts/{account}/users", { params: { path: { account }, query } })),
      placeholderData: keepPreviousData,
    }),

  user: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user],
      queryFn: async (): Promise<VersionedUser> => {
        const { data, response } = await answer(
          api.GET("/accounts/{account}/users/{user}", path(account, user)),
        );
        return { user: data, version: response.headers.get("ETag") };
      },
    }),

  wisePayLinks: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "links"],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}/wise-pay-links", path(account, user))),
      // Always asked from Wise-Pay, never cached: the user decides upon it.
      staleTime: 0,
      gcTime: 0,
      retry: false,
    }),

  deactivationsOf: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "deactivations"],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}/deactivations", path(account, user))),
      refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 2_000 : false),
    }),

  autotaskAccount: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "autotask"],
      queryFn: () =>
        content(api.GET("/accounts/{account}/users/{user}/autotask-account", path(account, user))),
    }),

  activity: (account: string, user: string, max: number) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "activity", max],
      queryFn: () =>
        content(
          api.GET("/accounts/{account}/users/{user}/activity", {
            params: { ...path(account, user).params, query: { max } },
          }),
        ),
      placeholderData: keepPreviousData,
    }),

  devices: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "devices"],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}/two-factor", path(account, user))),
    }),

  deactivations: (query: { status?: Schemas["DeactivationState"]; first: number; max: number }) =>
    queryOptions({
      queryKey: ["deactivations", query],
      queryFn: () => content(api.GET("/deactivations", { params: { query } })),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.deactivations.some(isUnderWay) ? 5_000 : false),
    }),
};

const isUnderWay = ({ state }: Schemas["Deactivation"]) => state === "waiting";

/**
 * Reads queries again after a change. TanStack Query (v5) would reuse a first request in flight, whose answer can be older than
 * the change; cancel it instead.
 */
export const refresh = async (client: QueryClient, queryKey: QueryKey) => {
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
};
