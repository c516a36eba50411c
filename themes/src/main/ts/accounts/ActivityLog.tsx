import { Button, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from "@patternfly/react-core";
import { HistoryIcon } from "@patternfly/react-icons/dist/esm/icons/history-icon";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { Changes } from "../activity/Changes";
import { useActivityWords, type Entry } from "../activity/useActivityWords";
import { answer, api } from "../api/client";
import { queries, TRUNCATED, type ActivityFilter } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Choice } from "../ui/Choice";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { DateField } from "../ui/DateField";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { ListSection } from "../ui/ListSection";
import { NewerOlder } from "../ui/NewerOlder";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { useListState } from "../ui/useListState";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";
import { download } from "../users/csv";
import { AccountNav } from "./AccountNav";
import { UserChoice } from "./UserChoice";

const FILTERS = ["user", "kind", "from", "to"] as const;
const PAGE = 50;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The beginning of a day where the reader is, or of the day after it. */
const startOf = (date: string | undefined, daysLater: number): string | undefined => {
  if (!date || !DATE.test(date)) {
    return undefined;
  }
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day + daysLater).toISOString();
};

/** What happened in the account: who did what, when, with the values before and after. */
export const ActivityLog = () => {
  const { t } = useTranslation();
  const account = useAccount();
  const words = useActivityWords();
  const report = useReport();
  const { addAlert } = useAlerts();
  const list = useListState(FILTERS);
  const { values, set, page } = list;
  const kind = words.kinds.find((known) => known === values.kind);
  const from = startOf(values.from, 0);
  const to = startOf(values.to, 1);
  const isReversed = from !== undefined && to !== undefined && to <= from;
  const filter: ActivityFilter = {
    ...(values.user && { user: values.user }),
    ...(kind && { kind }),
    ...(from && { from }),
    ...(to && { to }),
  };
  // One more than shown: whether there is another page.
  const log = useQuery({
    ...queries.accountActivity(account.id, { ...filter, first: (page - 1) * PAGE, max: PAGE + 1 }),
    enabled: !isReversed,
  });
  const found = isReversed ? [] : log.data?.entries;
  // The log has no total, so a page beyond its end leads to the first one.
  const isBeyondEnd = !isReversed && page > 1 && found?.length === 0 && !log.isPlaceholderData;
  useEffect(() => {
    if (isBeyondEnd) {
      set({ page: undefined });
    }
  }, [isBeyondEnd, set]);
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.GET("/accounts/{account}/activity", {
          params: { path: { account: account.id }, query: filter },
          headers: { Accept: "text/csv" },
          parseAs: "text",
        }),
      ),
    onSuccess: ({ data, response }) => {
      download("activity.csv", String(data).replace(/^\uFEFF/, ""));
      if (response.headers.get(TRUNCATED) === "true") {
        addAlert(t("activityTruncated"), { variant: "warning", details: t("activityTruncatedDescription") });
      }
    },
    onError: report,
  });
  if (log.isError && !log.data) {
    return <Failure error={log.error} retry={() => void log.refetch()} />;
  }
  return (
    <>
      <PageHead
        title={account.byStaff ? t("activityOf", { account: account.name }) : t("activity")}
        description={t("activityDescription")}
        isList
        {...(account.byStaff && { crumbs: [{ to: "/accounts", text: t("accounts") }] })}
        navigation={<AccountNav />}
        actions={
          <Action
            variant="secondary"
            isOff={isReversed}
            isBusy={save.isPending}
            onClick={() => save.mutate()}
          >
            {t("exportUsers")}
          </Action>
        }
      />
      <ListSection isBusy={!found || (log.isPlaceholderData && !isReversed) || isBeyondEnd}>
        <Toolbar className="wise-sync-filters">
          <ToolbarContent>
            <ToolbarGroup className="wise-sync-choices">
              <ToolbarItem>
                <UserChoice value={values.user} onChange={(user) => set({ user })} />
              </ToolbarItem>
              <ToolbarItem>
                <Choice
                  label={t("kind")}
                  any={t("anyKind")}
                  value={kind}
                  options={words.kinds
                    .map((value) => ({ value, text: words.kind(value) }))
                    .sort((one, other) => one.text.localeCompare(other.text))}
                  onChange={(value) => set({ kind: value })}
                />
              </ToolbarItem>
              <ToolbarItem>
                <DateField label={t("from")} value={values.from} onChange={(value) => set({ from: value })} />
              </ToolbarItem>
              <ToolbarItem>
                <DateField label={t("until")} value={values.to} onChange={(value) => set({ to: value })} />
              </ToolbarItem>
              {list.isFiltered && (
                <ToolbarItem>
                  <Button variant="link" onClick={list.clear}>
                    {t("clearFilters")}
                  </Button>
                </ToolbarItem>
              )}
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
        {found?.length === 0 && !isBeyondEnd ? (
          <Empty title={list.isFiltered ? t("activityNoneFound") : t("activityNone")} icon={HistoryIcon}>
            {isReversed && t("activityPeriodReversed")}
          </Empty>
        ) : (
          <Entries entries={isBeyondEnd ? undefined : found?.slice(0, PAGE)} />
        )}
        {log.data?.isTruncated && !isReversed && (
          <Notice isPlain variant="warning" title={t("activityIncomplete")} />
        )}
        {found && !isReversed && (
          <NewerOlder
            page={page}
            hasOlder={found.length > PAGE}
            onPage={(next) => set({ page: next > 1 ? String(next) : undefined })}
          />
        )}
      </ListSection>
    </>
  );
};

const Entries = ({ entries }: { entries: Entry[] | undefined }) => {
  const { t } = useTranslation();
  const { path } = useAccount();
  const at = useTimes();
  const words = useActivityWords();
  return (
    <DataTable
      label={t("activity")}
      className="wise-sync-compact wise-sync-log"
      rows={entries?.map((entry, index) => ({ entry, key: `${entry.at} ${index}` }))}
      keyOf={({ key }) => key}
      columns={[
        {
          key: "time",
          title: t("time"),
          width: "18%",
          cell: ({ entry }) => <time dateTime={entry.at}>{at(entry.at)}</time>,
        },
        { key: "who", title: t("actor"), width: "20%", cell: ({ entry }) => <Cut>{words.who(entry)}</Cut> },
        {
          key: "what",
          title: t("whatHappened"),
          width: "17%",
          cell: ({ entry }) => words.what(entry),
        },
        {
          key: "user",
          title: t("user"),
          width: "20%",
          cell: ({ entry: { user, what } }) =>
            !user ? (
              <Nothing name={t("none")} />
            ) : what === "deleted" ? (
              <Cut>{user.username ?? user.id}</Cut>
            ) : (
              <Link to={`${path}/${user.id}`}>
                <Cut>{user.username ?? user.id}</Cut>
              </Link>
            ),
        },
        {
          key: "changes",
          title: t("changes"),
          width: "25%",
          cell: ({ entry }) =>
            entry.changes.length > 0 ? <Changes entry={entry} /> : <Nothing name={t("none")} />,
        },
      ]}
    />
  );
};
