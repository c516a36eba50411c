import { Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import type { Deactivation } from "../api/client";
import { Choice } from "../ui/Choice";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { ListSection } from "../ui/ListSection";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { useExistingPage, type useListState } from "../ui/useListState";

type QueuePageProps<P extends { total: number }> = {
  title: string;
  description: string;
  /** Says that there are no rows. */
  empty: string;
  query: UseQueryResult<P>;
  list: ReturnType<typeof useListState>;
  actions: (page: P) => ReactNode;
  /** The filters, without a page until it was read. */
  filters: (page: P | undefined) => ReactNode[];
  table: (page: P | undefined) => ReactNode;
};

/** For support: a list of what is sent to other systems, with filters, a table and a paginator. */
export const QueuePage = <P extends { total: number }>({
  title,
  description,
  empty,
  query,
  list,
  actions,
  filters,
  table,
}: QueuePageProps<P>) => {
  const { staff } = useMe();
  const exists = useExistingPage(list, query.isPlaceholderData ? undefined : query.data?.total);
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (query.isError && !query.data) {
    return <Failure error={query.error} retry={() => void query.refetch()} />;
  }
  const page = exists ? query.data : undefined;
  return (
    <>
      <PageHead title={title} description={description} isList actions={page && actions(page)} />
      <ListSection isBusy={query.isPlaceholderData || !page}>
        <Toolbar>
          <ToolbarContent>
            {filters(page).map((filter, index) => (
              <ToolbarItem key={index}>{filter}</ToolbarItem>
            ))}
          </ToolbarContent>
        </Toolbar>
        {page?.total === 0 ? <Empty title={empty} icon={CheckCircleIcon} /> : table(page)}
        {page && <Pages total={page.total} state={list} />}
      </ListSection>
    </>
  );
};

type State = Deactivation["state"];

type StateChoiceProps<S extends State> = {
  states: readonly S[];
  value: S | undefined;
  onChange: (state: string | undefined) => void;
};

/** Filters a queue by the state of its entries. */
export const StateChoice = <S extends State>({ states, value, onChange }: StateChoiceProps<S>) => {
  const { t } = useTranslation();
  const names: Record<State, string> = {
    waiting: t("stateWaiting"),
    held: t("stateHeld"),
    delivered: t("stateDelivered"),
    failed: t("stateFailed"),
    dismissed: t("stateDismissed"),
  };
  return (
    <Choice
      label={t("state")}
      any={t("anyState")}
      value={value}
      options={states.map((state) => ({ value: state, text: names[state] }))}
      onChange={onChange}
    />
  );
};
