import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Company, type Schemas } from "../api/client";
import { refresh } from "../api/queries";
import { drafts } from "../session/drafts";
import { useAlerts } from "../ui/Alerts";
import { FixedValue, TextField } from "../ui/fields";
import { FormDialog } from "../ui/FormDialog";
import { RadioField } from "../ui/RadioField";
import { useReport } from "../ui/useReport";
import { useRestored } from "../ui/useRestored";
import { useRules } from "../users/rules";
import { PACKAGES, useAccountNames } from "./names";

type CompanyValues = { name: string; id: string; package: Company["package"] | "" };

/** What was typed before the page had to be left, and the company that it changes. */
type Draft = { values: CompanyValues; company?: Company | undefined; idFollows: boolean };

const draftName = (account: string) => `company.${account}`;

/** Takes the draft of a company of the account; the page that has it opens the form again. */
export const takeCompanyDraft = (account: string) => drafts.take<Draft>(draftName(account));

const FORM = "company-form";
const ID = /^[a-z0-9-]{1,64}$/;

/** An id that reads like the name. */
export const idOf = (name: string) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 64);

type CompanyFormProps = {
  /** The company to edit; without it, a new one is connected. */
  company: Company | undefined;
  draft: Draft | undefined;
  companies: Company[];
  onClose: () => void;
};

/** For support: connects a company to the account, or changes its name and accounting package. */
export const CompanyForm = ({ company, draft, companies, onClose }: CompanyFormProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const names = useAccountNames();
  const rules = useRules();
  const [idFollows, setIdFollows] = useState(draft?.idFollows ?? company === undefined);
  const form = useForm<CompanyValues>({
    defaultValues: { name: company?.name ?? "", id: company?.id ?? "", package: company?.package ?? "" },
  });
  useRestored(form, draft?.values);
  const report = useReport(form);
  const { control, formState } = form;
  const { isSubmitted } = formState;

  useEffect(
    () =>
      drafts.register(
        draftName(account.id),
        () => ({ values: form.getValues(), company, idFollows }) satisfies Draft,
      ),
    [account.id, form, company, idFollows],
  );

  const save = useMutation({
    mutationFn: ({ id, body }: { id: string; body: Schemas["CompanyInput"] }) =>
      content(
        api.PUT("/accounts/{account}/companies/{company}", {
          params: { path: { account: account.id, company: id } },
          body,
        }),
      ),
    onSuccess: ({ name }) => {
      void refresh(client, ["account", account.id]);
      void refresh(client, ["accounts"]);
      addAlert(company ? t("userSaved") : t("companyConnected", { name }));
      onClose();
    },
    onError: report,
  });

  const submit = form.handleSubmit(({ name, id, package: accountingPackage }) => {
    if (accountingPackage !== "") {
      save.mutate({ id: id.trim(), body: { name: name.trim(), package: accountingPackage } });
    }
  });

  return (
    <FormDialog
      id={FORM}
      title={company ? t("editCompany") : t("connectCompany")}
      submitText={company ? t("save") : t("connectCompany")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={save.isPending}
      error={formState.errors.root?.message}
    >
      <TextField
        control={control}
        name="name"
        label={t("name")}
        rules={rules.required(t("enterCompanyName"))}
        onChange={(name) => idFollows && form.setValue("id", idOf(name), { shouldValidate: isSubmitted })}
      />
      {company ? (
        <FixedValue label={t("companyId")}>{company.id}</FixedValue>
      ) : (
        <TextField
          control={control}
          name="id"
          label={t("companyId")}
          help={t("companyIdHelp")}
          onChange={() => setIdFollows(false)}
          rules={{
            required: t("companyIdWrong"),
            // The API would change the company that has this id.
            validate: (id) =>
              (ID.test(id.trim()) || t("companyIdWrong")) &&
              (!companies.some((other) => other.id === id.trim()) || t("companyIdTaken")),
          }}
        />
      )}
      <RadioField
        control={control}
        name="package"
        label={t("accountingPackage")}
        required={t("choosePackage")}
        options={PACKAGES.map((name) => ({ value: name, text: names.accountingPackage(name) }))}
      />
    </FormDialog>
  );
};
