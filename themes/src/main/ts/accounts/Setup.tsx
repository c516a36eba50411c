import { Label } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { ExclamationCircleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import { ExclamationTriangleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router-dom";
import { useMe } from "../AccountContext";
import type { Schemas } from "../api/client";
import { queries } from "../api/queries";
import { Action } from "../ui/Action";
import { DataTable } from "../ui/DataTable";
import { Failure } from "../ui/Failure";
import { ListSection } from "../ui/ListSection";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";

type Line = Schemas["SetupLine"];

const WORST_FIRST: readonly Line["state"][] = ["error", "warning", "ok"];

/** For support: whether everything that a guarantee depends on is set up, and what to do if not. */
export const Setup = () => {
  const { t } = useTranslation();
  const { staff } = useMe();
  const setup = useQuery({ ...queries.setup(), enabled: staff });
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (setup.isError && !setup.data) {
    return <Failure error={setup.error} retry={() => void setup.refetch()} />;
  }
  const lines = WORST_FIRST.flatMap((state) => setup.data?.filter((line) => line.state === state) ?? []);
  const problems = lines.filter(({ state }) => state !== "ok");
  return (
    <>
      <PageHead
        title={t("setup")}
        description={t("setupDescription")}
        isList
        actions={
          <Action variant="secondary" isBusy={setup.isFetching} onClick={() => void setup.refetch()}>
            {t("checkAgain")}
          </Action>
        }
      />
      <ListSection isBusy={!setup.data}>
        {setup.data && (
          <div className="wise-sync-notice" role="status">
            {problems.length === 0 ? (
              <Notice variant="success" title={t("setupComplete")} />
            ) : (
              <Notice
                variant={problems.some(({ state }) => state === "error") ? "danger" : "warning"}
                title={t("setupProblems", { count: problems.length })}
              />
            )}
          </div>
        )}
        <DataTable
          label={t("setup")}
          className="wise-sync-compact wise-sync-setup"
          rows={setup.data && lines}
          keyOf={({ key, text }) => `${key} ${text}`}
          columns={[
            {
              key: "state",
              title: t("state"),
              width: "14%",
              cell: ({ state }) => <StateLabel state={state} />,
            },
            {
              key: "text",
              title: t("check"),
              width: "86%",
              // The state is in its own column.
              cell: ({ state, text }) => (state === "ok" ? text.replace(/: OK$/, "") : text),
            },
          ]}
        />
      </ListSection>
    </>
  );
};

const StateLabel = ({ state }: { state: Line["state"] }) => {
  const { t } = useTranslation();
  if (state === "ok") {
    return (
      <Label color="green" icon={<CheckCircleIcon />} isCompact>
        {t("stateOk")}
      </Label>
    );
  }
  return state === "warning" ? (
    <Label color="orange" icon={<ExclamationTriangleIcon />} isCompact>
      {t("variantWarning")}
    </Label>
  ) : (
    <Label color="red" icon={<ExclamationCircleIcon />} isCompact>
      {t("variantDanger")}
    </Label>
  );
};
