import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useMe } from "../AccountContext";
import type { Deactivation } from "../api/client";
import { queries } from "../api/queries";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { useListState } from "../ui/useListState";
import { useTimes } from "../ui/useTimes";
import { DeactivationState } from "../users/WisePay";
import { Decisions, RetryAll } from "./Decisions";
import { QueuePage, StateChoice } from "./QueuePage";

const FILTERS = ["status"] as const;
const STATES: readonly Deactivation["state"][] = ["waiting", "held", "delivered", "failed", "dismissed"];

/** For support: the notifications to Wise-Pay about disabled and deleted users, over all accounts. */
export const Queue = () => {
  const { t } = useTranslation();
  const { staff } = useMe();
  const list = useListState(FILTERS);
  const status = STATES.find((state) => state === list.values.status);
  const queue = useQuery({
    ...queries.deactivations({ ...(status && { status }), first: list.first, max: list.max }),
    enabled: staff,
  });
  return (
    <QueuePage
      title={t("deactivations")}
      description={t("deactivationsDescription")}
      empty={t("queueEmpty")}
      query={queue}
      list={list}
      actions={({ failed }) => failed > 0 && <RetryAll count={failed} />}
      filters={() => [
        <StateChoice
          key="status"
          states={STATES}
          value={status}
          onChange={(value) => list.set({ status: value })}
        />,
      ]}
      table={(page) => <Deactivations deactivations={page?.deactivations} />}
    />
  );
};

const Deactivations = ({ deactivations }: { deactivations: Deactivation[] | undefined }) => {
  const { t } = useTranslation();
  const at = useTimes();
  const reasons: Record<Deactivation["reason"], string> = {
    admin: t("reasonAdmin"),
    workflow: t("reasonWorkflow"),
    scim: t("reasonScim"),
    import: t("reasonImport"),
    self: t("reasonSelf"),
    account: t("reasonAccount"),
    comparison: t("reasonComparison"),
    unknown: t("reasonUnknown"),
  };
  const nothing = <Nothing name={t("none")} />;
  return (
    <DataTable
      label={t("deactivations")}
      className="wise-sync-compact wise-sync-queue"
      rows={deactivations}
      keyOf={({ id }) => id}
      columns={[
        { key: "time", title: t("time"), width: "13%", cell: ({ createdAt }) => at(createdAt) },
        {
          key: "account",
          title: t("account"),
          width: "15%",
          cell: ({ account }) =>
            account ? (
              <Link to={`/accounts/${account.id}/users`}>
                <Cut>{account.name ?? account.id}</Cut>
              </Link>
            ) : (
              nothing
            ),
        },
        {
          key: "user",
          title: t("user"),
          width: "19%",
          cell: ({ account, user, type }) =>
            user && account && type === "user.disabled" ? (
              <Link to={`/accounts/${account.id}/users/${user.id}`}>
                <Cut>{user.username ?? user.id}</Cut>
              </Link>
            ) : user ? (
              <Cut>{user.username ?? user.id}</Cut>
            ) : (
              nothing
            ),
        },
        { key: "reason", title: t("reason"), width: "14%", cell: ({ reason }) => reasons[reason] },
        {
          key: "state",
          title: t("state"),
          width: "25%",
          cell: (deactivation) => <DeactivationState deactivation={deactivation} />,
        },
        {
          key: "actions",
          title: t("actions"),
          isTitleHidden: true,
          width: "14%",
          cell: (deactivation) => <Decisions deactivation={deactivation} />,
        },
      ]}
    />
  );
};
