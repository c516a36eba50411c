import { FileUpload, List, ListItem } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, type Company, type Schemas } from "../api/client";
import { ApiError } from "../api/errors";
import { refresh } from "../api/queries";
import { session } from "../session/session";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { download, importTemplate } from "./csv";

type Report = Schemas["ImportReport"];

const MAX_BYTES = 2_000_000;

/** Creates many users from a file: first a check, row by row, then all of them or none. */
export const ImportUsers = ({ companies, onClose }: { companies: Company[]; onClose: () => void }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const text = useErrorText();
  const [file, setFile] = useState<File>();
  const [isRejected, setRejected] = useState(false);

  const send = useMutation({
    mutationFn: ({ csv, dryRun }: { csv: File; dryRun: boolean }) => importUsers(account.id, csv, dryRun),
    onSuccess: (report) => {
      if (!report.dryRun && report.created > 0) {
        void refresh(client, ["account", account.id]);
        addAlert(t("imported", { count: report.created }));
        onClose();
      }
    },
  });

  const choose = (chosen: File) => {
    setRejected(false);
    setFile(chosen);
    send.mutate({ csv: chosen, dryRun: true });
  };
  const reject = () => {
    setFile(undefined);
    send.reset();
    setRejected(true);
  };
  const isImporting = send.isPending && !send.variables.dryRun;
  const close = () => {
    // Opened again, the dialog would not know of the import that is running.
    if (!isImporting) {
      onClose();
    }
  };
  const report = send.data;
  const invalid = report?.rows.filter(({ outcome }) => outcome === "invalid") ?? [];
  const isReady = report !== undefined && report.total > 0 && invalid.length === 0 && !report.errorMessage;
  return (
    <Dialog
      size="medium"
      title={t("importUsers")}
      description={t("importDescription")}
      onClose={close}
      actions={
        <>
          <Action
            isOff={!isReady}
            isBusy={send.isPending}
            onClick={() => file && send.mutate({ csv: file, dryRun: false })}
          >
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
      <p className="wise-sync-notice">{t("importCompanies")}</p>
      <List isPlain className="wise-sync-notice wise-sync-scroll">
        {companies.map(({ id, name }) => (
          <ListItem key={id}>
            <code>{id}</code> – {name}
          </ListItem>
        ))}
      </List>
      <FileUpload
        id="import-file"
        browseButtonText={t("chooseFile")}
        clearButtonText={t("clearFile")}
        filename={file?.name ?? ""}
        filenamePlaceholder={t("dropFile")}
        filenameAriaLabel={t("importFile")}
        hideDefaultPreview
        isDisabled={send.isPending}
        onClearClick={() => {
          setFile(undefined);
          setRejected(false);
          send.reset();
        }}
        // Not PatternFly's onFileInputChange, which fires twice.
        dropzoneProps={{
          accept: { "text/csv": [".csv"] },
          maxSize: MAX_BYTES,
          onDropAccepted: ([chosen]) => chosen && choose(chosen),
          onDropRejected: reject,
        }}
      />
      <div aria-live="polite" className="wise-sync-links">
        {send.isPending && <Progress label={t("checkingFile")} />}
        {isRejected && <Notice variant="danger" title={t("csvOnly")} />}
        {send.isError && <Notice variant="danger" title={text(send.error)} />}
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
                { key: "row", title: t("row"), width: "14%", cell: ({ row }) => row },
                { key: "email", title: t("email"), cell: ({ email }) => email },
                {
                  key: "problem",
                  title: t("problem"),
                  cell: ({ errors }) =>
                    errors
                      .map((error) => [error.field, error.errorMessage].filter(Boolean).join(": "))
                      .join("; "),
                },
              ]}
            />
          </>
        )}
      </div>
    </Dialog>
  );
};

/**
 * Uploads the bytes of the file, so that its encoding is the server's to recognise. A file with errors is answered with
 * the same report as an accepted one.
 */
const importUsers = async (account: string, csv: File, dryRun: boolean): Promise<Report> => {
  const { data, error, response } = await api.POST("/accounts/{account}/users/import", {
    params: { path: { account }, query: { dryRun } },
    body: csv as unknown as string,
    bodySerializer: (body) => body,
    headers: { "Content-Type": "text/csv" },
  });
  if (data) {
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
