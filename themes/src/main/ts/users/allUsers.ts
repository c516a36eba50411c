import { api, content, type User } from "../api/client";
import type { UserFilter } from "../api/queries";

export type Matching = Omit<UserFilter, "first" | "max">;

const PAGE = 100;

/** All users that the filters match, page by page. */
export const allUsers = async (account: string, filter: Matching): Promise<User[]> => {
  const users = new Map<string, User>();
  for (let first = 0; ; first += PAGE) {
    const page = await content(
      api.GET("/accounts/{account}/users", {
        params: { path: { account }, query: { ...filter, first, max: PAGE } },
      }),
    );
    page.users.forEach((user) => users.set(user.id, user));
    if (page.users.length === 0 || first + PAGE >= page.total) {
      return [...users.values()];
    }
  }
};
