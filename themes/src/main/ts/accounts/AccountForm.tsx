import { Checkbox } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { api, content, type Account, type Schemas } from "../api/client";
import { ApiError } from "../api/errors";
import { refresh, type VersionedAccount } from "../api/queries";
import { drafts } from "../session/drafts";
import { TextField } from "../ui/fields";
import { FormDialog } from "../ui/FormDialog";
import { Notice } from "../ui/Notice";
import { RadioField } from "../ui/RadioField";
import { useReport } from "../ui/useReport";
import { useRestored } from "../ui/useRestored";
import { useRules } from "../users/rules";
import { MODES, PSAS, useAccountNames } from "./names";

type AccountValues = {
  name: string;
  psa: NonNullable<Account["psa"]> | "";
  twoFactorMode: Account["twoFactorMode"];
  enabled: boolean;
};

/** What was typed before the page had to be left, and the version that it changes. */
type Draft = { values: AccountValues; versioned?: VersionedAccount | undefined };

const draftName = (account: string | undefined) => `account.${account ?? "new"}`;

/** Takes the draft of an account, or of a new one; the page that has it opens the form again. */
export const takeAccountDraft = (account?: string) => drafts.take<Draft>(draftName(account));

const FORM = "account-form";

type AccountFormProps = {
  /** The account to edit; without it, a new one is created. */
  versioned?: VersionedAccount;
  draft: Draft | undefined;
  onSaved: (account: Account) => void;
  onClose: () => void;
};

/** For support: creates or edits an account. */
export const AccountForm = ({ versioned: current, draft, onSaved, onClose }: AccountFormProps) => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const names = useAccountNames();
  const rules = useRules();
  // What the form started from, although the page may read the account again meanwhile.
  const [versioned] = useState(draft?.versioned ?? current);
  const account = versioned?.account;
  const form = useForm<AccountValues>({
    defaultValues: {
      name: account?.name ?? "",
      psa: account?.psa ?? "",
      twoFactorMode: account?.twoFactorMode ?? "required",
      enabled: account?.enabled ?? true,
    },
  });
  useRestored(form, draft?.values);
  const report = useReport(form);
  const { control, formState } = form;
  const enabled = useWatch({ control, name: "enabled" });
  const [understood, setUnderstood] = useState(false);
  const disables = account?.enabled === true && !enabled;

  useEffect(
    () =>
      drafts.register(
        draftName(versioned?.account.id),
        () => ({ values: form.getValues(), versioned }) satisfies Draft,
      ),
    [form, versioned],
  );

  const save = useMutation({
    mutationFn: (body: Schemas["AccountReplacement"]) =>
      versioned
        ? content(
            api.PUT("/accounts/{account}", {
              params: {
                path: { account: versioned.account.id },
                header: { ...(versioned.version && { "If-Match": versioned.version }) },
              },
              body,
            }),
          )
        : content(api.POST("/accounts", { body })),
    onSuccess: (saved) => {
      void refresh(client, ["accounts"]);
      void refresh(client, ["account", saved.id]);
      onSaved(saved);
    },
    onError: (error) => {
      report(error);
      if (versioned && error instanceof ApiError && error.status === 412) {
        void refresh(client, ["account", versioned.account.id]);
      }
    },
  });

  const submit = form.handleSubmit(({ psa, ...values }) => {
    if (psa !== "" && !(disables && !understood)) {
      save.mutate({ ...values, name: values.name.trim(), psa });
    }
  });

  return (
    <FormDialog
      id={FORM}
      title={account ? t("editAccount") : t("createAccount")}
      submitText={account ? t("save") : t("createAccount")}
      onSubmit={submit}
      onClose={onClose}
      isBusy={save.isPending}
      isOff={disables && !understood}
      isDanger={disables}
      condition={
        disables && (
          <Checkbox
            id="understood"
            label={t("understood")}
            isChecked={understood}
            onChange={(_, checked) => setUnderstood(checked)}
          />
        )
      }
      error={formState.errors.root?.message}
    >
      <TextField
        control={control}
        name="name"
        label={t("name")}
        rules={rules.required(t("enterAccountName"))}
      />
      <RadioField
        control={control}
        name="psa"
        label={t("psa")}
        required={t("choosePsa")}
        options={PSAS.map((psa) => ({
          value: psa,
          text: names.psa(psa),
          description: psa === "autotask" ? t("psaAutotaskHelp") : t("psaOtherHelp"),
        }))}
      />
      <RadioField
        control={control}
        name="twoFactorMode"
        label={t("twoFactor")}
        required={t("choosePsa")}
        options={MODES.map((mode) => ({
          value: mode,
          text: names.twoFactorMode(mode),
          description: mode === "required" ? t("twoFactorRequiredHelp") : t("twoFactorOptionalHelp"),
        }))}
      />
      {account && (
        <Checkbox
          id="enabled"
          label={t("accountEnabled")}
          description={t("accountEnabledHelp")}
          isChecked={enabled}
          onChange={(_, checked) => form.setValue("enabled", checked, { shouldDirty: true })}
        />
      )}
      {disables && (
        <Notice variant="warning" title={t("accountDisableTitle")}>
          {t("accountDisableDescription")}
        </Notice>
      )}
    </FormDialog>
  );
};
