import { api, type Schemas } from "../api/client";
import { ApiError } from "../api/errors";
import { session } from "../session/session";

export type BulkAction = Schemas["BulkInput"]["action"];
export type BulkRow = Schemas["BulkReport"]["users"][number];
export type BulkReport = Pick<Schemas["BulkReport"], "changed" | "linksComplete" | "users">;

export type BulkOrder = { action: BulkAction; users: string[]; companies: string[] };

/** How many users the API changes in one transaction at most. */
export const MAX_USERS = 500;

const portions = (users: string[]): string[][] =>
  users.length <= MAX_USERS ? [users] : [users.slice(0, MAX_USERS), ...portions(users.slice(MAX_USERS))];

/** A report with problems is answered like one without; fails if there is none. */
const send = async (account: string, order: BulkOrder, dryRun: boolean): Promise<Schemas["BulkReport"]> => {
  const { users, companies, action } = order;
  const { data, error, response } = await api.POST("/accounts/{account}/users/bulk", {
    params: { path: { account }, query: { dryRun } },
    body: { action, users, ...(companies.length > 0 && { companies }) },
  });
  if (data) {
    return data;
  }
  if (response.status === 400 && error && "users" in error && Array.isArray(error.users)) {
    return error as Schemas["BulkReport"];
  }
  const failure = new ApiError(
    response.status,
    (error ?? {}) as Schemas["Error"],
    response.headers.get("WWW-Authenticate"),
  );
  if (response.status === 401 && !failure.needsStepUp) {
    throw session.expire(failure);
  }
  throw failure;
};

/** What would happen to each of the users. */
export const checkBulk = async (account: string, order: BulkOrder): Promise<BulkReport> => {
  const reports: Schemas["BulkReport"][] = [];
  for (const users of portions(order.users)) {
    reports.push(await send(account, { ...order, users }, true));
  }
  return {
    changed: reports.reduce((sum, { changed }) => sum + changed, 0),
    linksComplete: reports.every(({ linksComplete }) => linksComplete !== false),
    users: reports.flatMap(({ users }) => users),
  };
};

/** Some users were changed, and then there was a problem. */
export class PartlyDone extends Error {
  constructor(
    readonly done: number,
    override readonly cause: unknown,
  ) {
    super(`${done} users were changed`, { cause });
  }
}

/** The report has problems, although the check had none. */
export class NotValidAnymore extends Error {}

/**
 * Changes all of the users or none; more than 500 in several transactions, of which each is all or nothing.
 *
 * @returns how many users were changed
 */
export const runBulk = async (account: string, order: BulkOrder): Promise<number> => {
  let changed = 0;
  let done = 0;
  for (const users of portions(order.users)) {
    try {
      const report = await send(account, { ...order, users }, false);
      if (report.errorMessage) {
        throw new NotValidAnymore(report.errorMessage);
      }
      changed += report.changed;
      done += users.length;
    } catch (cause) {
      throw done > 0 ? new PartlyDone(done, cause) : cause;
    }
  }
  return changed;
};
