import { Pagination, PaginationVariant } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { PAGE_SIZES, type ListState } from "./useListState";

/** Leads through the pages of a list; nothing where everything fits on the smallest page. */
export const Pages = ({ total, state }: { total: number; state: ListState }) => {
  const { t } = useTranslation();
  if (total <= Math.min(...PAGE_SIZES)) {
    return null;
  }
  const from = Math.min((state.page - 1) * state.max + 1, total);
  const range = `${from} - ${Math.min(total, state.page * state.max)} ${t("pageOf")} ${total}`;
  return (
    <Pagination
      itemCount={total}
      page={state.page}
      perPage={state.max}
      perPageOptions={PAGE_SIZES.map((value) => ({ title: String(value), value }))}
      onSetPage={(_, page) => state.set({ page: String(page) })}
      onPerPageSelect={(_, max) => state.set({ max: String(max) })}
      variant={PaginationVariant.bottom}
      widgetId="pages"
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
        paginationAriaLabel: t("pages"),
        // Begins with the visible words, for voice control.
        optionsToggleAriaLabel: `${range}, ${t("itemsPerPage")}`,
        itemsPerPage: t("itemsPerPage"),
      }}
    />
  );
};
