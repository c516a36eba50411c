import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useMe } from "../AccountContext";
import { api, content, type LifecycleEvent } from "../api/client";
import { queries, refresh } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Choice } from "../ui/Choice";
import { Confirmation } from "../ui/Confirmation";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Notice } from "../ui/Notice";
import { useListState } from "../ui/useListState";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";
import { QueuePage, StateChoice } from "./QueuePage";

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
  return (
    <QueuePage
      title={t("lifecycle")}
      description={t("lifecycleDescription")}
      empty={t("lifecycleEmpty")}
      query={queue}
      list={list}
      actions={({ clients }) =>
        client !== undefined && clients.includes(client) && <Resend client={client} />
      }
      filters={(page) => [
        <Choice
          key="client"
          label={t("application")}
          any={t("anyApplication")}
          value={client}
          options={(page?.clients ?? []).map((value) => ({ value, text: value }))}
          onChange={(value) => list.set({ client: value })}
        />,
        <StateChoice
          key="status"
          states={STATES}
          value={status}
          onChange={(value) => list.set({ status: value })}
        />,
      ]}
      table={(page) => <Events events={page?.events} />}
    />
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
      className="wise-sync-compact wise-sync-lifecycle"
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
