import { KeycloakSpinner, useAlerts } from "@keycloak/keycloak-ui-shared";
import {
  Button,
  EmptyState,
  EmptyStateHeader,
  EmptyStateIcon,
  PageSection,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import { api, content, type Deactivation } from "../api/client";
import { queries } from "../api/queries";
import { Choice } from "../ui/Choice";
import { Failure } from "../ui/Failure";
import { PageHead } from "../ui/PageHead";
import { Pages } from "../ui/Pages";
import { useListState } from "../ui/useListState";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";
import { DeactivationState } from "../users/WisePay";

const FILTERS = ["status"] as const;
const STATES: readonly Deactivation["state"][] = ["waiting", "delivered", "failed"];

/** For support: what Wise-Pay was, or is yet to be, told, over all accounts. */
export const Queue = () => {
  const { t } = useTranslation();
  const { staff } = useMe();
  const list = useListState(FILTERS);
  const status = STATES.find((state) => state === list.values.status);
  const queue = useQuery({
    ...queries.deactivations({ ...(status && { status }), first: list.first, max: list.max }),
    enabled: staff,
  });
  const stateNames: Record<Deactivation["state"], string> = {
    waiting: t("stateWaiting"),
    delivered: t("stateDelivered"),
    failed: t("stateFailed"),
  };
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (queue.isError && !queue.data) {
    return <Failure error={queue.error} retry={() => void queue.refetch()} />;
  }
  if (!queue.data) {
    return <KeycloakSpinner />;
  }
  return (
    <>
      <PageHead title={t("deactivations")} description={t("deactivationsDescription")} />
      <PageSection variant="light" className="wise-sync-list" aria-busy={queue.isPlaceholderData}>
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
            <ToolbarItem variant="pagination">
              <Pages total={queue.data.total} state={list} />
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        {queue.data.total === 0 ? (
          <EmptyState>
            <EmptyStateHeader
              titleText={t("queueEmpty")}
              headingLevel="h2"
              icon={<EmptyStateIcon icon={CheckCircleIcon} />}
            />
          </EmptyState>
        ) : (
          <Deactivations deactivations={queue.data.deactivations} />
        )}
        <Pages total={queue.data.total} state={list} bottom />
      </PageSection>
    </>
  );
};

const Deactivations = ({ deactivations }: { deactivations: Deactivation[] }) => {
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
  return (
    <Table aria-label={t("deactivations")} variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th>{t("time")}</Th>
          <Th>{t("account")}</Th>
          <Th>{t("user")}</Th>
          <Th>{t("reason")}</Th>
          <Th>{t("state")}</Th>
          <Th screenReaderText={t("actions")} />
        </Tr>
      </Thead>
      <Tbody>
        {deactivations.map((deactivation) => {
          const { id, account, user, reason, state, createdAt, type } = deactivation;
          return (
            <Tr key={id}>
              <Td dataLabel={t("time")}>{at(createdAt)}</Td>
              <Td dataLabel={t("account")}>
                {account ? (
                  <Link to={`/accounts/${account.id}/users`}>{account.name ?? account.id}</Link>
                ) : (
                  "–"
                )}
              </Td>
              <Td dataLabel={t("user")} modifier="breakWord">
                {user && account && type === "user.disabled" ? (
                  <Link to={`/accounts/${account.id}/users/${user.id}`}>{user.username}</Link>
                ) : (
                  (user?.username ?? "–")
                )}
              </Td>
              <Td dataLabel={t("reason")}>{reasons[reason]}</Td>
              <Td dataLabel={t("state")}>
                <DeactivationState deactivation={deactivation} />
              </Td>
              <Td>{state !== "delivered" && <Retry id={id} />}</Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
};

const Retry = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const retry = useMutation({
    mutationFn: () =>
      content(api.POST("/deactivations/{deactivation}/retry", { params: { path: { deactivation: id } } })),
    onSuccess: async () => {
      addAlert(t("retried"));
      await client.invalidateQueries({ queryKey: ["deactivations"] });
    },
    onError: report,
  });
  return (
    <Button
      variant="secondary"
      size="sm"
      isLoading={retry.isPending}
      isDisabled={retry.isPending}
      onClick={() => retry.mutate()}
    >
      {t("retry")}
    </Button>
  );
};
