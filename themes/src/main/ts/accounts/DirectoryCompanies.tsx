import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Company } from "../api/client";
import { queries } from "../api/queries";
import { drafts } from "../session/drafts";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Panel } from "../ui/Panel";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { CompanyChecks } from "../users/CompaniesField";

type DirectoryCompaniesProps = { chosen: string[]; companies: Company[] };

const same = (one: string[], other: string[]) => [...one].sort().join() === [...other].sort().join();

/** The companies that users from the directory are assigned. */
export const DirectoryCompanies = ({ chosen, companies }: DirectoryCompaniesProps) => {
  const { t } = useTranslation();
  const { id } = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const draftName = `directory.${id}`;
  const [edited, setEdited] = useState(() => drafts.take<string[]>(draftName));
  const wanted = edited ?? chosen;
  const isDirty = !same(wanted, chosen);
  useEffect(
    () => drafts.register(draftName, () => (isDirty ? wanted : undefined)),
    [draftName, isDirty, wanted],
  );
  const save = useMutation({
    mutationFn: () =>
      content(
        api.PUT("/accounts/{account}/scim", {
          params: { path: { account: id } },
          body: { defaultCompanies: wanted },
        }),
      ),
    onSuccess: (scim) => {
      client.setQueryData(queries.scim(id).queryKey, scim);
      setEdited(undefined);
      addAlert(t("userSaved"));
    },
    onError: report,
  });
  return (
    <Panel title={t("directoryCompanies")}>
      <p className="wise-sync-notice">{t("directoryCompaniesDescription")}</p>
      <div role="group" aria-label={t("directoryCompanies")}>
        <CompanyChecks name="default" companies={companies} chosen={wanted} onChange={setEdited} />
      </div>
      <div className="wise-sync-below">
        <Action variant="secondary" isBusy={save.isPending} isOff={!isDirty} onClick={() => save.mutate()}>
          {t("save")}
        </Action>
      </div>
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Panel>
  );
};
