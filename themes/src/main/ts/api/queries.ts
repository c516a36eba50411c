import { keepPreviousData, queryOptions, type QueryClient, type QueryKey } from "@tanstack/react-query";
import {
  answer,
  api,
  content,
  type Account,
  type Deactivation,
  type Role,
  type Schemas,
  type User,
} from "./client";
import { ApiError } from "./errors";
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
  managedBy?: "scim";
  sort?: UserSort;
  first: number;
  max: number;
};

export type LifecycleFilter = {
  client?: string;
  status?: Schemas["DeactivationState"];
  first: number;
  max: number;
};

export type DeactivationFilter = { status?: Schemas["DeactivationState"]; first: number; max: number };

/** An account, and the version that was read, for `If-Match`. */
export type VersionedAccount = { account: Account; version: string | null };

/** A user, and the version that was read, for `If-Match`. */
export type VersionedUser = { user: User; version: string | null };

export type UserDetails = Omit<Schemas["UserDetails"], "user">;

export type ActivityFilter = {
  user?: string;
  kind?: Schemas["ActivityKind"];
  from?: string;
  to?: string;
};

const path = (account: string, user: string) => ({ params: { path: { account, user } } });

/** The header with which the activity log says that older entries are missing. */
export const TRUNCATED = "Wise-Sync-Truncated";

const IMPORT_INTERVAL_MS = 1_000;

export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: () => content(api.GET("/me")), staleTime: Infinity }),

  adminRoles: () => queryOptions({ queryKey: ["adminRoles"], queryFn: hasAdminRoles, staleTime: Infinity }),

  roles: () => queryOptions({ queryKey: ["roles"], queryFn: () => content(api.GET("/roles")) }),

  accounts: (query: { search?: string; first: number; max: number }) =>
    queryOptions({
      queryKey: ["accounts", query],
      queryFn: () => content(api.GET("/accounts", { params: { query } })),
      placeholderData: keepPreviousData,
    }),

  account: (account: string) =>
    queryOptions({
      queryKey: ["account", account],
      queryFn: async (): Promise<VersionedAccount> => {
        const { data, response } = await answer(
          api.GET("/accounts/{account}", { params: { path: { account } } }),
        );
        return { account: data, version: response.headers.get("ETag") };
      },
    }),

  companies: (account: string) =>
    queryOptions({
      queryKey: ["account", account, "companies"],
      queryFn: () => content(api.GET("/accounts/{account}/companies", { params: { path: { account } } })),
    }),

  /** SCIM of an account; read anew whenever it is shown, because the directory uses it meanwhile. */
  scim: (account: string) =>
    queryOptions({
      queryKey: ["account", account, "scim"],
      queryFn: () => content(api.GET("/accounts/{account}/scim", { params: { path: { account } } })),
      staleTime: 0,
    }),

  users: (account: string, query: UserFilter) =>
    queryOptions({
      queryKey: ["account", account, "users", query],
      queryFn: () => content(api.GET("/accounts/{account}/users", { params: { path: { account }, query } })),
      placeholderData: keepPreviousData,
    }),

  /** An import that goes on at the server; asked once a second while it does. */
  import: (account: string, id: string | undefined) =>
    queryOptions({
      queryKey: ["account", account, "import", id],
      queryFn: () =>
        content(
          api.GET("/accounts/{account}/imports/{import}", {
            params: { path: { account, import: id ?? "" } },
          }),
        ),
      enabled: id !== undefined,
      refetchInterval: ({ state }) =>
        !state.data || state.data.state === "running" ? IMPORT_INTERVAL_MS : false,
    }),

  user: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}", path(account, user))),
    }),

  /** The data of a user's page in one request, except the activity. After a server error: the user without details. */
  userDetails: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "details"],
      queryFn: async (): Promise<VersionedUser & { details: UserDetails | undefined }> => {
        try {
          const {
            data: { user: read, ...details },
            response,
          } = await answer(api.GET("/accounts/{account}/users/{user}/details", path(account, user)));
          return { user: read, version: response.headers.get("ETag"), details };
        } catch (error) {
          if (!(error instanceof ApiError && error.status >= 500)) {
            throw error;
          }
          const { data, response } = await answer(
            api.GET("/accounts/{account}/users/{user}", path(account, user)),
          );
          return { user: data, version: response.headers.get("ETag"), details: undefined };
        }
      },
      refetchInterval: ({ state }) => (state.data ? untilChange(state.data.user, state.data.details) : false),
    }),

  devices: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "devices"],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}/two-factor", path(account, user))),
    }),

  sessions: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "sessions"],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}/sessions", path(account, user))),
    }),

  deactivationsOf: (account: string, user: string) =>
    queryOptions({
      queryKey: ["account", account, "user", user, "deactivations"],
      queryFn: () => content(api.GET("/accounts/{account}/users/{user}/deactivations", path(account, user))),
      refetchInterval: ({ state }) => untilDelivered(state.data ?? []),
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

  accountActivity: (account: string, query: ActivityFilter & { first: number; max: number }) =>
    queryOptions({
      queryKey: ["account", account, "activity", query],
      queryFn: async () => {
        const { data, response } = await answer(
          api.GET("/accounts/{account}/activity", { params: { path: { account }, query } }),
        );
        return {
          // The same call can be answered as a file.
          entries: data as Schemas["Activity"][],
          isTruncated: response.headers.get(TRUNCATED) === "true",
        };
      },
      placeholderData: keepPreviousData,
    }),

  setup: () => queryOptions({ queryKey: ["setup"], queryFn: () => content(api.GET("/setup")), staleTime: 0 }),

  /** A page of the queue, and how many in all of it have failed. */
  deactivations: (query: DeactivationFilter) =>
    queryOptions({
      queryKey: ["deactivations", query],
      queryFn: async () => {
        const [page, failed] = await Promise.all([
          deactivationPage(query),
          deactivationPage({ status: "failed", first: 0, max: 1 }),
        ]);
        return { ...page, failed: failed.total };
      },
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.deactivations.some(isUnderWay) ? 5_000 : false),
    }),

  lifecycle: (query: LifecycleFilter) =>
    queryOptions({
      queryKey: ["lifecycle", query],
      queryFn: () => content(api.GET("/lifecycle", { params: { query } })),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.events.some(isUnderWay) ? 5_000 : false),
    }),
};

const deactivationPage = (query: DeactivationFilter) =>
  content(api.GET("/deactivations", { params: { query } }));

/** When a user changes without a request: Wise-Pay is notified, a queued invitation is sent, a lockout ends. */
const untilChange = (user: User, details: UserDetails | undefined): number | false => {
  const poll = !user.enabled && untilDelivered(details?.deactivations ?? []);
  if (poll) {
    return poll;
  }
  if (user.enabled && user.invitation?.state === "waiting") {
    return 5_000;
  }
  // At most an hour: timers of browsers overflow.
  return user.lockedUntil
    ? Math.min(3_600_000, Math.max(1_000, Date.parse(user.lockedUntil) - Date.now()))
    : false;
};

const isUnderWay = ({ state }: { state: Schemas["DeactivationState"] }) => state === "waiting";

/** The interval to poll waiting deactivations: a fifth of the time that the newest has waited, from 2 to 30 seconds. */
export const untilDelivered = (
  deactivations: Pick<Deactivation, "state" | "createdAt">[],
): number | false => {
  const waited = deactivations.filter(isUnderWay).map(({ createdAt }) => Date.now() - Date.parse(createdAt));
  return waited.length > 0 && Math.min(30_000, Math.max(2_000, Math.min(...waited) / 5));
};

/**
 * Reads queries again after a change. TanStack Query (v5) would reuse a first request in flight, whose answer can be older than
 * the change; cancel it instead.
 */
export const refresh = async (client: QueryClient, queryKey: QueryKey) => {
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
};
