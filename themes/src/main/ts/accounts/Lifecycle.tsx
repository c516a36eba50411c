import { Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import { api, content, type LifecycleEvent } from "../api/client";
import { queries, refresh } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Choice } from "../ui/Choice";
import { Confirmation } from "../ui/Confirmation";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { ListSection } from "../ui/ListSection";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { useExistingPage, useListState } from "../ui/useListState";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";

const FILTERS = ["client", "status"] as const;
const STATES = ["waiting", "delivered", "failed"] as const;

/** For support: what was or will be sent to applications about users. */
export const Lifecycle = () => {
  const { t } = useTranslation();
  const { staff } = useMe();
  const list = useListState(FILTERS);
  const status = STATES.find((state) => state === list.values.status);
  const client = list.values.client || undefined;
  const queue = useQuery({
    ...queries.lifecycle({
      ...(client && { client }),
      ...(status && { status }),
      first: list.first,
      max: list.max,
    }),
    enabled: staff,
  });
  const exists = useExistingPage(list, queue.isPlaceholderData ? undefined : queue.data?.total);
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (queue.isError && !queue.data) {
    return <Failure error={queue.error} retry={() => void queue.refetch()} />;
  }
  const page = exists ? queue.data : undefined;
  const stateNames = { waiting: t("stateWaiting"), delivered: t("stateDelivered"), failed: t("stateFailed") };
  const clients = page?.clients ?? [];
  return (
    <>
      <PageHead
        title={t("lifecycle")}
        description={t("lifecycleDescription")}
        isList
        actions={client !== undefined && clients.includes(client) && <Resend client={client} />}
      />
      <ListSection isBusy={queue.isPlaceholderData || !page}>
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <Choice
                label={t("application")}
                any={t("anyApplication")}
                value={client}
                options={clients.map((value) => ({ value, text: value }))}
                onChange={(value) => list.set({ client: value })}
              />
            </ToolbarItem>
            <ToolbarItem>
              <Choice
                label={t("state")}
                any={t("anyState")}
                value={status}
                options={STATES.map((value) => ({ value, text: stateNames[value] }))}
                onChange={(value) => list.set({ status: value })}
              />
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        {page?.total === 0 ? (
          <Empty title={t("queueEmpty")} icon={CheckCircleIcon} />
        ) : (
          <Events events={page?.events} />
        )}
        {page && <Pages total={page.total} state={list} />}
      </ListSection>
    </>
  );
};

const Events = ({ events }: { events: LifecycleEvent[] | undefined }) => {
  const { t } = useTranslation();
  const at = useTimes();
  const types: Record<LifecycleEvent["type"], string> = {
    "user.created": t("eventCreated"),
    "user.updated": t("eventUpdated"),
    "user.enabled": t("eventEnabled"),
    "user.disabled": t("eventDisabled"),
    "user.deleted": t("eventDeleted"),
    check: t("eventCheck"),
    resend: t("eventResend"),
  };
  return (
    <DataTable
      label={t("lifecycle")}
      rows={events}
      keyOf={({ id }) => id}
      columns={[
        { key: "time", title: t("time"), width: "14%", cell: ({ createdAt }) => at(createdAt) },
        { key: "client", title: t("application"), width: "15%", cell: (event) => <Cut>{event.client}</Cut> },
        {
          key: "user",
          title: t("user"),
          width: "23%",
          cell: ({ account, user, type }) =>
            account && type !== "user.deleted" ? (
              <Link to={`/accounts/${account.id}/users/${user.id}`}>
                <Cut>{user.username ?? user.id}</Cut>
              </Link>
            ) : (
              <Cut>{user.username ?? user.id}</Cut>
            ),
        },
        {
          key: "account",
          title: t("account"),
          width: "14%",
          cell: ({ account }) =>
            account ? <Cut>{account.name ?? account.id}</Cut> : <Nothing name={t("none")} />,
        },
        { key: "type", title: t("event"), width: "12%", cell: ({ type }) => types[type] },
        { key: "state", title: t("state"), width: "22%", cell: (event) => <EventState event={event} /> },
      ]}
    />
  );
};

const EventState = ({ event }: { event: LifecycleEvent }) => {
  const { t } = useTranslation();
  const at = useTimes();
  const { state, attempts, lastError, createdAt, deliveredAt } = event;
  if (state === "delivered") {
    return (
      <Notice isPlain variant="success" title={t("eventDelivered", { time: at(deliveredAt ?? createdAt) })} />
    );
  }
  const titles = {
    failed: t("eventFailed"),
    dismissed: t("eventDismissed"),
    held: t("stateHeld"),
    waiting: attempts > 0 ? t("deactivationWaiting", { count: attempts }) : t("eventUnderWay"),
  };
  return (
    <Notice isPlain variant={state === "failed" ? "danger" : "info"} title={titles[state]}>
      {lastError && <p>{lastError}</p>}
    </Notice>
  );
};

const Resend = ({ client }: { client: string }) => {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const [isAsking, setAsking] = useState(false);
  const resend = useMutation({
    mutationFn: () => content(api.POST("/lifecycle/{client}/resend", { params: { path: { client } } })),
    onSuccess: async () => {
      addAlert(t("resent", { client }));
      await refresh(queryClient, ["lifecycle"]);
    },
    onError: report,
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Action variant="secondary" isBusy={resend.isPending} onClick={() => setAsking(true)}>
        {t("resend")}
      </Action>
      {isAsking && (
        <Confirmation
          title={t("resendTitle", { client })}
          confirm={t("resend")}
          isBusy={resend.isPending}
          onConfirm={() => resend.mutate()}
          onClose={() => setAsking(false)}
        >
          {t("resendDescription")}
        </Confirmation>
      )}
    </>
  );
};
