import { Button } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { api, content, type Company } from "../api/client";
import { refresh } from "../api/queries";
import { useAlerts } from "../ui/Alerts";
import { Confirmation } from "../ui/Confirmation";
import { Cut } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Panel } from "../ui/Panel";
import { useReport } from "../ui/useReport";
import { AssignToAll } from "../users/AssignToAll";
import { CompanyForm, takeCompanyDraft } from "./CompanyForm";
import { useAccountNames } from "./names";

type Open =
  | { what: "form"; company?: Company | undefined; draft?: ReturnType<typeof takeCompanyDraft> }
  | { what: "disconnect"; company: Company };

/** The companies of the account; support connects, edits and disconnects them. */
export const Companies = ({ companies }: { companies: Company[] | undefined }) => {
  const { t } = useTranslation();
  const { id: account, byStaff, path } = useAccount();
  const names = useAccountNames();
  const [open, setOpen] = useState<Open | undefined>(() => {
    const draft = takeCompanyDraft(account);
    return draft && { what: "form", company: draft.company, draft };
  });
  const close = () => setOpen(undefined);
  return (
    <Panel
      title={t("companies")}
      actions={
        byStaff && (
          <Button variant="secondary" onClick={() => setOpen({ what: "form" })}>
            {t("connectCompany")}
          </Button>
        )
      }
    >
      {companies?.length === 0 ? (
        <p>{byStaff ? t("noCompaniesYet") : t("connectCompanyFirstDescription")}</p>
      ) : (
        <DataTable
          label={t("companies")}
          rows={companies}
          skeletons={2}
          keyOf={({ id }) => id}
          columns={[
            { key: "name", title: t("name"), width: "24%", cell: ({ name }) => <Cut>{name}</Cut> },
            { key: "id", title: t("companyId"), width: "15%", cell: ({ id }) => <Cut>{id}</Cut> },
            {
              key: "package",
              title: t("accountingPackage"),
              width: "18%",
              cell: (company) => names.accountingPackage(company.package),
            },
            {
              key: "users",
              title: t("users"),
              width: "11%",
              cell: ({ id, users }) =>
                users === 0 ? (
                  0
                ) : (
                  <Link to={`${path}?company=${id}`}>{t("usersCount", { count: users })}</Link>
                ),
            },
            {
              key: "actions",
              title: t("actions"),
              isTitleHidden: true,
              width: "32%",
              cell: (company) => (
                <span className="wise-sync-row-actions">
                  <AssignToAll company={company} />
                  {byStaff && (
                    <>
                      <Button variant="link" isInline onClick={() => setOpen({ what: "form", company })}>
                        {t("edit")}
                      </Button>
                      <Button
                        variant="link"
                        isInline
                        isDanger
                        onClick={() => setOpen({ what: "disconnect", company })}
                      >
                        {t("disconnect")}
                      </Button>
                    </>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {open?.what === "form" && companies && (
        <CompanyForm company={open.company} draft={open.draft} companies={companies} onClose={close} />
      )}
      {open?.what === "disconnect" && <Disconnect company={open.company} onClose={close} />}
    </Panel>
  );
};

const NAMED = 5;

const Disconnect = ({ company, onClose }: { company: Company; onClose: () => void }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const { id, name, users } = company;
  const disconnect = useMutation({
    mutationFn: () =>
      content(
        api.DELETE("/accounts/{account}/companies/{company}", {
          params: { path: { account: account.id, company: id } },
        }),
      ),
    onSuccess: ({ withoutCompany }) => {
      void refresh(client, ["account", account.id]);
      void refresh(client, ["accounts"]);
      addAlert(t("companyDisconnected", { name }), {
        ...(withoutCompany.length > 0 && {
          variant: "warning" as const,
          stays: true,
          details: (
            <>
              <p>{t("usersWithoutCompany", { count: withoutCompany.length })}</p>
              <ul>
                {withoutCompany.slice(0, NAMED).map((user) => (
                  <li key={user.id}>
                    <Link to={`${account.path}/${user.id}`}>{user.username}</Link>
                  </li>
                ))}
                {withoutCompany.length > NAMED && (
                  <li>{t("moreUsers", { count: withoutCompany.length - NAMED })}</li>
                )}
              </ul>
            </>
          ),
        }),
      });
    },
    onError: report,
    onSettled: onClose,
  });
  return (
    <Confirmation
      title={t("disconnectTitle", { name })}
      confirm={t("disconnect")}
      isDanger
      isBusy={disconnect.isPending}
      onConfirm={() => disconnect.mutate()}
      onClose={onClose}
    >
      <p>{users === 0 ? t("disconnectUnassigned") : t("disconnectUsers", { count: users })}</p>
      {users > 0 && <p>{t("disconnectDescription")}</p>}
    </Confirmation>
  );
};
