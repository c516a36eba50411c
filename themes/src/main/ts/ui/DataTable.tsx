import { Checkbox, Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export type Column<R> = {
  key: string;
  title: string;
  /** A share of the table's width, which is the same whatever the rows contain. */
  width?: string;
  /** The name by which the API sorts, if it can. */
  sort?: string;
  /** Read out, not shown. */
  isTitleHidden?: boolean;
  cell: (row: R) => ReactNode;
};

export type Selection<R> = {
  isSelected: (row: R) => boolean;
  onSelect: (row: R, selected: boolean) => void;
  nameOf: (row: R) => string;
  /** Whether all rows shown are selected. */
  isAllSelected: boolean;
  onSelectAll: (selected: boolean) => void;
};

type DataTableProps<R> = {
  label: string;
  columns: readonly Column<R>[];
  /** Without rows, skeletons are shown. */
  rows: readonly R[] | undefined;
  skeletons?: number;
  keyOf: (row: R) => string;
  isHighlighted?: (row: R) => boolean;
  /** What the list is sorted by; with `-` in front, descending. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  selection?: Selection<R> | undefined;
  className?: string;
  /** Where rows turn into cards. */
  cardsBelow?: "grid-md" | "grid-lg";
};

const SKELETONS = 6;

/** A table whose columns keep their width, with its headers, sorting, selection and skeletons. */
export const DataTable = <R,>({
  label,
  columns,
  rows,
  skeletons = SKELETONS,
  keyOf,
  isHighlighted,
  sort,
  onSort,
  selection,
  className = "",
  cardsBelow = "grid-lg",
}: DataTableProps<R>) => {
  const { t } = useTranslation();
  const descending = sort?.startsWith("-") ?? false;
  const sorted = columns.findIndex(({ sort: name }) => name && name === sort?.replace(/^-/, ""));
  return (
    <Table
      aria-label={label}
      aria-busy={rows === undefined}
      variant="compact"
      gridBreakPoint={cardsBelow}
      className={`wise-sync-table ${className}`}
    >
      <Thead>
        <Tr>
          {selection && (
            <Th className="wise-sync-table__select" tabIndex={undefined}>
              <Checkbox
                id="select-all"
                aria-label={t("selectAllShown")}
                isChecked={selection.isAllSelected}
                onChange={(_, selected) => selection.onSelectAll(selected)}
              />
            </Th>
          )}
          {columns.map((column, index) => (
            <Th
              key={column.key}
              modifier="wrap"
              // PatternFly makes a header a tab stop when its words do not fit; here they wrap.
              tabIndex={undefined}
              {...(column.width && { style: { width: column.width } })}
              {...(column.isTitleHidden && { screenReaderText: column.title })}
              {...(column.sort &&
                onSort && {
                  sort: {
                    columnIndex: index,
                    sortBy: {
                      ...(sorted >= 0 && { index: sorted }),
                      direction: descending ? "desc" : "asc",
                      defaultDirection: "asc",
                    },
                    onSort: (_, __, direction) => onSort(`${direction === "desc" ? "-" : ""}${column.sort}`),
                  },
                })}
            >
              {column.isTitleHidden ? undefined : column.title}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {rows === undefined
          ? Array.from({ length: skeletons }, (_, row) => (
              <Tr key={row}>
                {selection && <Td className="wise-sync-table__select" />}
                {columns.map(({ key, title }, index) => (
                  <Td key={key} dataLabel={title}>
                    <Skeleton
                      width={`${85 - ((row * 3 + index * 2) % 5) * 10}%`}
                      {...(row === 0 && index === 0 && { screenreaderText: t("loading") })}
                    />
                  </Td>
                ))}
              </Tr>
            ))
          : rows.map((row) => (
              <Tr key={keyOf(row)} {...(isHighlighted?.(row) && { className: "wise-sync-highlight" })}>
                {selection && (
                  <Td className="wise-sync-table__select">
                    <Checkbox
                      id={`select-${keyOf(row)}`}
                      aria-label={t("selectNamed", { name: selection.nameOf(row) })}
                      isChecked={selection.isSelected(row)}
                      onChange={(_, selected) => selection.onSelect(row, selected)}
                    />
                  </Td>
                )}
                {columns.map(({ key, title, isTitleHidden, cell }) => (
                  <Td key={key} {...(!isTitleHidden && { dataLabel: title })} data-column={key}>
                    {cell(row)}
                  </Td>
                ))}
              </Tr>
            ))}
      </Tbody>
    </Table>
  );
};
