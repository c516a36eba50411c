import { useAlerts } from "@keycloak/keycloak-ui-shared";
import {
  Alert,
  Button,
  FileUpload,
  List,
  ListItem,
  Modal,
  ModalVariant,
  Spinner,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, type Company, type Schemas } from "../api/client";
import { ApiError } from "../api/errors";
import { session } from "../session/session";
import { useErrorText } from "../ui/errorText";
import { download, importTemplate } from "./csv";

type Report = Schemas["ImportReport"];

const MAX_BYTES = 2_000_000;

/** Many users from a file: first what would happen, row by row, then all of them or none. */
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
        void client.invalidateQueries({ queryKey: ["account", account.id] });
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
    // Opened again it would not know of the one under way.
    if (!isImporting) {
      onClose();
    }
  };
  const report = send.data;
  const invalid = report?.rows.filter(({ outcome }) => outcome === "invalid") ?? [];
  const isReady = report !== undefined && report.total > 0 && invalid.length === 0 && !report.errorMessage;
  return (
    <Modal
      isOpen
      variant={ModalVariant.medium}
      title={t("importUsers")}
      description={t("importDescription")}
      onClose={close}
      actions={[
        <Button
          key="import"
          isDisabled={!isReady || send.isPending}
          isLoading={send.isPending}
          onClick={() => file && send.mutate({ csv: file, dryRun: false })}
        >
          {isReady ? t("importCount", { count: report.total }) : t("import")}
        </Button>,
        <Button
          key="template"
          variant="secondary"
          onClick={() => download("users-template.csv", importTemplate(companies[0]?.id))}
        >
          {t("downloadTemplate")}
        </Button>,
        <Button key="cancel" variant="link" isDisabled={isImporting} onClick={close}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <p className="wise-sync-notice">{t("importCompanies")}</p>
      <List isPlain className="wise-sync-notice">
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
        // Not PatternFly's onFileInputChange, which says everything twice.
        dropzoneProps={{
          accept: { "text/csv": [".csv"] },
          maxSize: MAX_BYTES,
          onDropAccepted: ([chosen]) => chosen && choose(chosen),
          onDropRejected: reject,
        }}
      />
      <div aria-live="polite" className="wise-sync-links">
        {send.isPending && <Spinner size="md" aria-label={t("checkingFile")} />}
        {isRejected && <Alert isInline variant="danger" component="p" title={t("csvOnly")} />}
        {send.isError && <Alert isInline variant="danger" component="p" title={text(send.error)} />}
        {report?.errorMessage && invalid.length === 0 && (
          <Alert isInline variant="danger" component="p" title={report.errorMessage} />
        )}
        {isReady && (
          <Alert isInline variant="success" component="p" title={t("importReady", { count: report.total })} />
        )}
        {invalid.length > 0 && (
          <>
            <Alert
              isInline
              variant="danger"
              component="p"
              title={t("importInvalid", { count: invalid.length })}
            />
            <Table aria-label={t("importReport")} variant="compact" gridBreakPoint="grid-md">
              <Thead>
                <Tr>
                  <Th>{t("row")}</Th>
                  <Th>{t("email")}</Th>
                  <Th>{t("problem")}</Th>
                </Tr>
              </Thead>
              <Tbody>
                {invalid.map(({ row, email, errors }) => (
                  <Tr key={row}>
                    <Td dataLabel={t("row")}>{row}</Td>
                    <Td dataLabel={t("email")} modifier="breakWord">
                      {email}
                    </Td>
                    <Td dataLabel={t("problem")}>
                      {errors
                        .map((error) => [error.field, error.errorMessage].filter(Boolean).join(": "))
                        .join("; ")}
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </>
        )}
      </div>
    </Modal>
  );
};

/** A refused file is answered with the same report as an accepted one: it says which row is wrong. */
const importUsers = async (account: string, csv: File, dryRun: boolean): Promise<Report> => {
  const { data, error, response } = await api.POST("/accounts/{account}/users/import", {
    params: { path: { account }, query: { dryRun } },
    body: await csv.text(),
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
