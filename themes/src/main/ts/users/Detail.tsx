import { useQuery, type UseQueryOptions } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";

type DetailProps<T> = {
  /** The data from the user's details; undefined if they could not be read. */
  data: T | undefined;
  /** Reads the same data with its own call. */
  query: UseQueryOptions<T, Error, T, string[]>;
  children: (data: T) => ReactNode;
};

/** Shows a part of a user's details. If the details could not be read, reads this part with its own call. */
export const Detail = <T,>({ data, query, children }: DetailProps<T>) => {
  const text = useErrorText();
  const own = useQuery({ ...query, enabled: data === undefined });
  const shown = data ?? own.data;
  if (shown !== undefined) {
    return <>{children(shown)}</>;
  }
  return own.isError ? <Notice isPlain variant="warning" title={text(own.error)} /> : <Progress />;
};
