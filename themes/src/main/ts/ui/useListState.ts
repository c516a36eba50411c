import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router-dom";

const PAGE_SIZES = [10, 20, 50, 100];

/** What a list shows, kept in the address: it survives a reload, the back button, and being sent to a colleague. */
export const useListState = <F extends string>(filters: readonly F[]) => {
  const [params, setParams] = useSearchParams();
  const page = Math.max(1, Math.floor(Number(params.get("page"))) || 1);
  const asked = Number(params.get("max"));
  const max = PAGE_SIZES.includes(asked) ? asked : 20;

  const set = useCallback(
    (changes: Partial<Record<F | "page" | "max", string | undefined>>) =>
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
    isFiltered: filters.some((name) => params.has(name)),
    pageSizes: PAGE_SIZES,
    set,
    clear: useCallback(
      () =>
        set(
          Object.fromEntries(filters.map((name) => [name, undefined])) as Partial<
            Record<F | "page" | "max", undefined>
          >,
        ),
      [filters, set],
    ),
  };
};

export type ListState = Pick<ReturnType<typeof useListState>, "page" | "max" | "pageSizes"> & {
  set: (changes: { page?: string; max?: string }) => void;
};
