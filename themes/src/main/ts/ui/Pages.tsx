import { Pagination, PaginationVariant } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { ListState } from "./useListState";

export const Pages = ({
  total,
  state,
  bottom = false,
}: {
  total: number;
  state: ListState;
  bottom?: boolean;
}) => {
  const { t } = useTranslation();
  if (total === 0) {
    return null;
  }
  const from = (state.page - 1) * state.max + 1;
  const range = `${from} - ${Math.min(total, state.page * state.max)} ${t("pageOf")} ${total}`;
  return (
    <Pagination
      itemCount={total}
      page={state.page}
      perPage={state.max}
      perPageOptions={state.pageSizes.map((value) => ({ title: String(value), value }))}
      onSetPage={(_, page) => state.set({ page: String(page) })}
      onPerPageSelect={(_, max) => state.set({ max: String(max) })}
      variant={bottom ? PaginationVariant.bottom : PaginationVariant.top}
      isCompact={!bottom}
      widgetId={bottom ? "pages-bottom" : "pages-top"}
      titles={{
        items: "",
        page: "",
        perPageSuffix: t("perPage"),
        ofWord: t("pageOf"),
        toFirstPageAriaLabel: t("firstPage"),
        toPreviousPageAriaLabel: t("previousPage"),
        toNextPageAriaLabel: t("nextPage"),
        toLastPageAriaLabel: t("lastPage"),
        currPageAriaLabel: t("currentPage"),
        paginationAriaLabel: bottom ? t("pagesBottom") : t("pages"),
        // Begins with what is seen, for who says it to their computer.
        optionsToggleAriaLabel: `${range}, ${t("itemsPerPage")}`,
        itemsPerPage: t("itemsPerPage"),
      }}
    />
  );
};
