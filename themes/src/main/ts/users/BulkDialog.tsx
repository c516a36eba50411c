import { Button, Checkbox } from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Company } from "../api/client";
import { refresh } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import {
  checkBulk,
  MAX_USERS,
  NotValidAnymore,
  PartlyDone,
  runBulk,
  type BulkAction,
  type BulkReport,
  type BulkRow,
} from "./bulk";
import { CompanyChecks } from "./CompaniesField";
import { LinksByUser } from "./LinksByUser";

type BulkDialogProps = {
  action: BulkAction;
  /** Ids of the users. */
  users: string[];
  companies: Company[];
  /** The company to assign, if it is decided already. */
  company?: Company;
  onDone?: () => void;
  onClose: () => void;
};

/**
 * Changes many users: first a check of all of them, then all are changed or none; more than the API takes at once, in groups.
 */
export const BulkDialog = ({
  action,
  users: selected,
  companies,
  company,
  onDone,
  onClose,
}: BulkDialogProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const text = useErrorText();
  const words = useBulkWords(action);
  const [users, setUsers] = useState(selected);
  const [chosen, setChosen] = useState<string[]>(company ? [company.id] : []);
  const [understood, setUnderstood] = useState(false);
  const needsCompanies = action === "assign" || action === "unassign";
  const order = { action, users, companies: chosen };

  const check = useQuery({
    queryKey: ["bulk", account.id, order],
    queryFn: () => checkBulk(account.id, order),
    enabled: users.length > 0 && (!needsCompanies || chosen.length > 0),
    // The user decides upon it: always asked anew.
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const run = useMutation({
    mutationFn: () => runBulk(account.id, order),
    onSuccess: (changed) => {
      addAlert(words.done(changed));
      onDone?.();
      onClose();
    },
    onError: (error) => {
      if (error instanceof PartlyDone) {
        // Completed changes remain: a retry applies to the other users.
        setUsers(users.slice(error.done));
      } else if (error instanceof NotValidAnymore) {
        void check.refetch();
      }
    },
    onSettled: () => {
      void refresh(client, ["account", account.id]);
      void refresh(client, ["accounts"]);
    },
  });

  const report = check.isFetching ? undefined : check.data;
  const invalid = report?.users.filter(({ outcome }) => outcome === "invalid") ?? [];
  const links = report?.users.flatMap((row) => row.links ?? []) ?? [];
  const mustConfirm = action === "disable" && (links.length > 0 || report?.linksComplete === false);
  const isReady = report !== undefined && invalid.length === 0 && report.changed > 0;
  const close = () => {
    if (!run.isPending) {
      onClose();
    }
  };
  const description = words.description(users.length);
  const leaveOut = () => setUsers(users.filter((id) => !invalid.some((row) => row.id === id)));

  return (
    <Dialog
      size="medium"
      title={words.title(users.length, company)}
      isWarning={action === "disable"}
      isLong
      onClose={close}
      condition={
        isReady &&
        mustConfirm && (
          <Checkbox
            id="understood"
            label={t("understood")}
            isChecked={understood}
            onChange={(_, checked) => setUnderstood(checked)}
          />
        )
      }
      actions={
        <Action
          variant={action === "disable" ? "danger" : "primary"}
          isBusy={run.isPending}
          isOff={!isReady || (mustConfirm && !understood)}
          onClick={() => !run.isPending && isReady && !(mustConfirm && !understood) && run.mutate()}
        >
          {isReady ? words.confirm(report.changed) : words.action}
        </Action>
      }
    >
      {description && <p>{description}</p>}
      {needsCompanies && !company && (
        <CompanyChecks name="bulk-companies" companies={companies} chosen={chosen} onChange={setChosen} />
      )}
      <div aria-live="polite" className="wise-sync-links">
        {check.isFetching && (
          <p>
            <Progress label={t("checkingUsers")} /> {t("checkingUsers")}
          </p>
        )}
        {check.isError && !check.isFetching && <Notice variant="danger" title={text(check.error)} />}
        {run.error instanceof PartlyDone ? (
          <Notice variant="danger" title={t("bulkPartlyDone", { count: run.error.done })}>
            {text(run.error.cause)}
          </Notice>
        ) : (
          run.isError &&
          !(run.error instanceof NotValidAnymore) && <Notice variant="danger" title={text(run.error)} />
        )}
        {invalid.length > 0 && (
          <Problems
            rows={invalid}
            total={users.length}
            {...(invalid.length < users.length && { onLeaveOut: leaveOut })}
          />
        )}
        {report && invalid.length === 0 && <Result report={report} words={words} />}
        {isReady && users.length > MAX_USERS && <p>{t("bulkGroups", { max: MAX_USERS })}</p>}
        {isReady && action === "disable" && <LinksByUser report={report} />}
      </div>
    </Dialog>
  );
};

type Words = ReturnType<typeof useBulkWords>;

const useBulkWords = (action: BulkAction) => {
  const { t } = useTranslation();
  switch (action) {
    case "assign":
      return {
        title: (count: number, company?: Company) =>
          company ? t("assignToAllTitle", { company: company.name }) : t("assignTitle", { count }),
        description: () => undefined,
        action: t("assign"),
        confirm: (count: number) => t("assignConfirm", { count }),
        unchanged: (count: number) => t("assignUnchanged", { count }),
        done: (count: number) => t("assignDone", { count }),
      };
    case "unassign":
      return {
        title: (count: number) => t("unassignTitle", { count }),
        description: () => undefined,
        action: t("unassign"),
        confirm: (count: number) => t("unassignConfirm", { count }),
        unchanged: (count: number) => t("unassignUnchanged", { count }),
        done: (count: number) => t("unassignDone", { count }),
      };
    case "disable":
      return {
        title: (count: number) => t("disableUsersTitle", { count }),
        description: (count: number) => t("disableDescription", { count }),
        action: t("disable"),
        confirm: (count: number) => t("disableUsersConfirm", { count }),
        unchanged: (count: number) => t("disableUnchanged", { count }),
        done: (count: number) => t("disableDone", { count }),
      };
    case "invite":
      return {
        title: (count: number) => t("inviteTitle", { count }),
        description: () => t("inviteDescription"),
        action: t("inviteAgain"),
        confirm: (count: number) => t("inviteConfirm", { count }),
        unchanged: () => "",
        done: (count: number) => t("inviteDone", { count }),
      };
  }
};

/** What will happen, in numbers. */
const Result = ({ report, words }: { report: BulkReport; words: Words }) => {
  const { t } = useTranslation();
  const unchanged = report.users.filter(({ outcome }) => outcome === "unchanged").length;
  return (
    <Notice
      variant={report.changed > 0 ? "success" : "info"}
      title={report.changed > 0 ? t("bulkReady", { count: report.changed }) : t("bulkNothing")}
    >
      {unchanged > 0 && words.unchanged(unchanged)}
    </Notice>
  );
};

type ProblemsProps = { rows: BulkRow[]; total: number; onLeaveOut?: () => void };

const Problems = ({ rows, total, onLeaveOut }: ProblemsProps) => {
  const { t } = useTranslation();
  return (
    <>
      <Notice
        variant="danger"
        title={t("bulkInvalid", { count: rows.length, total })}
        className="wise-sync-notice"
      >
        {onLeaveOut && (
          <Button variant="link" isInline onClick={onLeaveOut}>
            {t("leaveOut", { count: rows.length })}
          </Button>
        )}
      </Notice>
      <DataTable
        label={t("bulkReport")}
        cardsBelow="grid-md"
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            key: "user",
            title: t("user"),
            width: "40%",
            cell: ({ id, name, username }) => name ?? username ?? id,
          },
          {
            key: "problem",
            title: t("problem"),
            width: "60%",
            cell: ({ errors }) => errors.map(({ errorMessage }) => errorMessage).join(" "),
          },
        ]}
      />
    </>
  );
};
