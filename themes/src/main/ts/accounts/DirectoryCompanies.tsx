import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Company } from "../api/client";
import { queries } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Panel } from "../ui/Panel";
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
  const [edited, setEdited] = useState<string[]>();
  const wanted = edited ?? chosen;
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
        <Action
          variant="secondary"
          isBusy={save.isPending}
          isOff={same(wanted, chosen)}
          onClick={() => save.mutate()}
        >
          {t("save")}
        </Action>
      </div>
    </Panel>
  );
};
