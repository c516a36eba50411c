import { useCallback, useEffect, useMemo } from "react";
import { useSearchParams } from "react-router-dom";

export const PAGE_SIZES = [10, 20, 50, 100];

// The API counts rows with 32 bits.
const MAX_PAGE = 1_000_000;

type Changes<F extends string> = Partial<Record<F | "page" | "max" | "sort", string | undefined>>;

/** Filters, page and sorting of a list, kept in the address: they survive a reload, Back, and being sent to a colleague. */
export const useListState = <F extends string>(filters: readonly F[]) => {
  const [params, setParams] = useSearchParams();
  const page = Math.min(MAX_PAGE, Math.max(1, Math.floor(Number(params.get("page"))) || 1));
  const asked = Number(params.get("max"));
  const max = PAGE_SIZES.includes(asked) ? asked : 20;
  const isOdd = params.has("page") && params.get("page") !== String(page);

  const set = useCallback(
    (changes: Changes<F>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (!("page" in changes)) {
            next.delete("page");
          }
          for (const [name, value] of Object.entries<string | undefined>(changes)) {
            if (value) {
              next.set(name, value);
            } else {
              next.delete(name);
            }
          }
          return next;
        },
        // Typing into the search must not fill the history.
        { replace: true },
      ),
    [setParams],
  );

  useEffect(() => {
    if (isOdd) {
      set({ page: String(page) } as Changes<F>);
    }
  }, [isOdd, page, set]);

  const values = useMemo(
    () =>
      Object.fromEntries(filters.map((name) => [name, params.get(name) ?? undefined])) as Record<
        F,
        string | undefined
      >,
    [filters, params],
  );

  return {
    values,
    page,
    max,
    first: (page - 1) * max,
    sort: params.get("sort") ?? undefined,
    isFiltered: filters.some((name) => params.has(name)),
    set,
    clear: useCallback(
      () => set(Object.fromEntries(filters.map((name) => [name, undefined])) as Changes<F>),
      [filters, set],
    ),
  };
};

export type ListState = {
  page: number;
  max: number;
  set: (changes: { page?: string; max?: string }) => void;
};

/**
 * Goes to the last page when the page in the address is beyond it: from an old link, or because its rows are gone.
 *
 * @param total how many rows there are, once it is known for the page shown
 * @returns whether the page shown exists
 */
export const useExistingPage = ({ page, max, set }: ListState, total: number | undefined): boolean => {
  const last = total === undefined ? undefined : Math.max(1, Math.ceil(total / max));
  const exists = last === undefined || page <= last;
  useEffect(() => {
    if (last !== undefined && !exists) {
      set({ page: String(last) });
    }
  }, [last, exists, set]);
  return exists;
};
