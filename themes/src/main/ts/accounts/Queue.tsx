import { Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import type { Deactivation } from "../api/client";
import { queries } from "../api/queries";
import { Choice } from "../ui/Choice";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { ListSection } from "../ui/ListSection";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { useExistingPage, useListState } from "../ui/useListState";
import { useTimes } from "../ui/useTimes";
import { DeactivationState } from "../users/WisePay";
import { Decisions, RetryAll } from "./Decisions";

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
  const exists = useExistingPage(list, queue.isPlaceholderData ? undefined : queue.data?.total);
  const stateNames: Record<Deactivation["state"], string> = {
    waiting: t("stateWaiting"),
    held: t("stateHeld"),
    delivered: t("stateDelivered"),
    failed: t("stateFailed"),
    dismissed: t("stateDismissed"),
  };
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (queue.isError && !queue.data) {
    return <Failure error={queue.error} retry={() => void queue.refetch()} />;
  }
  const page = exists ? queue.data : undefined;
  return (
    <>
      <PageHead
        title={t("deactivations")}
        description={t("deactivationsDescription")}
        isList
        actions={page !== undefined && page.failed > 0 && <RetryAll count={page.failed} />}
      />
      <ListSection isBusy={queue.isPlaceholderData || !page}>
        <Toolbar>
          <ToolbarContent>
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
          <Deactivations deactivations={page?.deactivations} />
        )}
        {page && <Pages total={page.total} state={list} />}
      </ListSection>
    </>
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
