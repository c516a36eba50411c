import { FileUpload, List, ListItem, Progress as ProgressBar } from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, type Company, type Schemas } from "../api/client";
import { ApiError, isOutage } from "../api/errors";
import { queries, refresh } from "../api/queries";
import { session } from "../session/session";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { download, importTemplate } from "./csv";
import { bytes, runningImport, startImport } from "./runningImport";
import { useFieldNames } from "./useFieldNames";

type Report = Schemas["ImportReport"];

const MAX_BYTES = 2_000_000;

/** Creates many users from a file: first a check, row by row, then all of them or none. */
export const ImportUsers = ({ companies, onClose }: { companies: Company[]; onClose: () => void }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const text = useErrorText();
  const names = useFieldNames();
  const [file, setFile] = useState<File>();
  const [isRejected, setRejected] = useState(false);

  const [started, setStarted] = useState(() => runningImport.of(account.id));
  // Whether another import is shown, perhaps of the same file, whose response was lost.
  const [isOther, setOther] = useState(false);

  const check = useMutation({ mutationFn: (csv: File) => checkFile(account.id, csv) });
  const start = useMutation({
    mutationFn: (csv: File) => startImport(account.id, csv),
    onSuccess: ({ id, isOther: isAnother }) => {
      if (!isAnother) {
        runningImport.remember(account.id, id);
      }
      setOther(isAnother);
      setStarted(id);
    },
  });
  const running = useQuery(queries.import(account.id, started));
  // After a day there is nothing to wait for.
  const isForgotten = running.error instanceof ApiError && running.error.status === 404;
  const state = isForgotten ? undefined : running.data;
  const isOtherEnded = isOther && (isForgotten || (state !== undefined && state.state !== "running"));
  const id = isForgotten || isOtherEnded ? undefined : started;
  const progress = id === undefined ? undefined : state;
  const isImporting = start.isPending || (id !== undefined && (!progress || progress.state === "running"));

  // The next request decides: a proxy may answer in place of the server.
  const isDelayed = id !== undefined && isOutage(running.error);

  const created = started !== undefined && state?.state === "done" ? state.total : undefined;
  useEffect(() => {
    if (created !== undefined) {
      void refresh(client, ["account", account.id]);
      addAlert(t("imported", { count: created }));
    }
  }, [created, account.id, client, addAlert, t]);
  useEffect(() => {
    if (created !== undefined && !isOther) {
      runningImport.forget(account.id);
      onClose();
    }
  }, [created, isOther, account.id, onClose]);
  const { mutate: checkAgain } = check;
  const { reset: resetStart } = start;
  useEffect(() => {
    if (isOtherEnded && file) {
      resetStart();
      checkAgain(file);
    }
  }, [isOtherEnded, file, resetStart, checkAgain]);
  useEffect(() => {
    if (isForgotten) {
      runningImport.forget(account.id);
    }
  }, [isForgotten, account.id]);

  const forget = () => {
    runningImport.forget(account.id);
    setOther(false);
    setStarted(undefined);
    start.reset();
  };
  const choose = (chosen: File) => {
    setRejected(false);
    setFile(chosen);
    forget();
    check.mutate(chosen);
  };
  const reject = () => {
    setFile(undefined);
    forget();
    check.reset();
    setRejected(true);
  };
  const close = () => {
    if (!isImporting) {
      forget();
      onClose();
    }
  };
  const isBusy = check.isPending || isImporting;
  const report = progress?.report ?? check.data;
  const invalid = report?.rows.filter(({ outcome }) => outcome === "invalid") ?? [];
  const error = start.error ?? check.error ?? (id === undefined || isDelayed ? null : running.error);
  const isReady = report !== undefined && report.total > 0 && invalid.length === 0 && !report.errorMessage;
  return (
    <Dialog
      isLong
      size="medium"
      title={t("importUsers")}
      description={t("importDescription")}
      onClose={close}
      actions={
        <>
          <Action isOff={!isReady} isBusy={isBusy} onClick={() => file && start.mutate(file)}>
            {isReady ? t("importCount", { count: report.total }) : t("import")}
          </Action>
          <Action
            variant="secondary"
            onClick={() => download("users-template.csv", importTemplate(companies[0]?.id))}
          >
            {t("downloadTemplate")}
          </Action>
        </>
      }
    >
      <FileUpload
        id="import-file"
        browseButtonText={t("chooseFile")}
        clearButtonText={t("clearFile")}
        filename={file?.name ?? ""}
        filenamePlaceholder={t("dropFile")}
        filenameAriaLabel={t("importFile")}
        hideDefaultPreview
        isDisabled={isBusy}
        onClearClick={() => {
          setFile(undefined);
          setRejected(false);
          forget();
          check.reset();
        }}
        // Not PatternFly's onFileInputChange, which fires twice.
        dropzoneProps={{
          accept: { "text/csv": [".csv"], "text/plain": [".txt"], "text/tab-separated-values": [".tsv"] },
          maxSize: MAX_BYTES,
          onDropAccepted: ([chosen]) => chosen && choose(chosen),
          onDropRejected: reject,
        }}
      />
      <div aria-live="polite" className="wise-sync-links">
        {(check.isPending || start.isPending) && (
          <Progress label={check.isPending ? t("checkingFile") : t("importing")} />
        )}
        {isImporting && progress && (
          <ProgressBar
            title={t("importing")}
            min={0}
            max={progress.total}
            value={progress.done}
            valueText={t("importedSoFar", { done: progress.done, count: progress.total })}
            label={t("importedSoFar", { done: progress.done, count: progress.total })}
          />
        )}
        {isImporting && isOther && <Notice variant="info" title={t("importOther")} />}
        {isImporting && isDelayed && <Notice variant="info" title={t("importDelayed")} />}
        {isRejected && <Notice variant="danger" title={t("csvOnly")} />}
        {error && <Notice variant="danger" title={text(error)} />}
        {report?.errorMessage && invalid.length === 0 && (
          <Notice variant="danger" title={report.errorMessage} />
        )}
        {isReady && <Notice variant="success" title={t("importReady", { count: report.total })} />}
        {invalid.length > 0 && (
          <>
            <Notice variant="danger" title={t("importInvalid", { count: invalid.length })} />
            <DataTable
              label={t("importReport")}
              cardsBelow="grid-md"
              rows={invalid}
              keyOf={({ row }) => String(row)}
              columns={[
                { key: "row", title: t("row"), width: "14%", cell: ({ line, row }) => line ?? row },
                { key: "email", title: t("email"), cell: ({ email }) => email },
                {
                  key: "problem",
                  title: t("problem"),
                  cell: ({ line, errors }) => (
                    <List isPlain>
                      {[...errors].sort(byColumn).map(({ column, field, errorMessage }) => (
                        <ListItem key={`${field} ${errorMessage}`}>
                          {[column && `${column}${line}`, field && names([field]), sentence(errorMessage)]
                            .filter(Boolean)
                            .join(": ")}
                        </ListItem>
                      ))}
                    </List>
                  ),
                },
              ]}
            />
          </>
        )}
      </div>
      <p className="wise-sync-notice">{t("importCompanies")}</p>
      <List isPlain>
        {companies.map(({ id, name }) => (
          <ListItem key={id}>
            <code>{id}</code> – {name}
          </ListItem>
        ))}
      </List>
    </Dialog>
  );
};

const NO_COLUMN = "ZZZZ";

/** In the order of the file: A to Z, then the columns after Z, then what concerns no column. */
const byColumn = (
  { column: one = NO_COLUMN }: { column?: string },
  { column: other = NO_COLUMN }: { column?: string },
) => one.length - other.length || one.localeCompare(other);

/** Not all messages end with a full stop. */
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Checks a file. One with errors is answered with the same report as one without. */
const checkFile = async (account: string, csv: File): Promise<Report> => {
  const { data, error, response } = await api.POST("/accounts/{account}/users/import", {
    params: { path: { account }, query: { dryRun: true } },
    ...bytes(csv),
  });
  if (data && "rows" in data) {
    return data;
  }
  if (response.status === 400 && error && "rows" in error && Array.isArray(error.rows)) {
    return error as Report;
  }
  if (response.status === 401) {
    throw session.expire();
  }
  throw new ApiError(response.status, error as Schemas["Error"], null);
};
