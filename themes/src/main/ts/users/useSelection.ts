import { useCallback, useState } from "react";
import type { User } from "../api/client";

type State = {
  filter: string;
  /** Whether all users are selected except for those in `ids`, rather than those in `ids`. */
  isAll: boolean;
  ids: ReadonlySet<string>;
};

/**
 * The rows of a list that are selected, over all of its pages: some of them, or all that match the filters. Another filter
 * ends the selection.
 */
export const useSelection = (filter: string, total: number) => {
  const [kept, setState] = useState<State>();
  const { isAll, ids } = kept?.filter === filter ? kept : { isAll: false, ids: new Set<string>() };

  const select = (rows: string[], selected: boolean) => {
    const next = new Set(ids);
    rows.forEach((id) => (selected === isAll ? next.delete(id) : next.add(id)));
    setState({ filter, isAll, ids: next });
  };
  return {
    count: isAll ? Math.max(0, total - ids.size) : ids.size,
    isSelected: (id: string) => isAll !== ids.has(id),
    select,
    selectAll: () => setState({ filter, isAll: true, ids: new Set() }),
    clear: useCallback(() => setState(undefined), []),
    /** The ids of the selected users; `all` reads every user that the filters match. */
    read: async (all: () => Promise<User[]>): Promise<string[]> =>
      isAll ? (await all()).map(({ id }) => id).filter((id) => !ids.has(id)) : [...ids],
  };
};

export type UserSelection = ReturnType<typeof useSelection>;
