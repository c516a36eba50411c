import { ActionGroup, Button, Form, FormGroup } from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Schemas, type User } from "../api/client";
import { queries, refresh } from "../api/queries";
import { drafts } from "../session/drafts";
import { session } from "../session/session";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Confirmation } from "../ui/Confirmation";
import { Failure } from "../ui/Failure";
import { PasswordField } from "../ui/fields";
import { Loading } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";
import { useRules } from "./rules";
import { UsernameField } from "./UsernameField";

type Stored = Schemas["AutotaskAccount"];

/** The Autotask account with which Wise-Sync works in Autotask on the user's behalf. */
export const AutotaskAccount = ({ user }: { user: User }) => {
  const account = useAccount();
  const stored = useQuery(queries.autotaskAccount(account.id, user.id));
  if (stored.isError) {
    return <Failure error={stored.error} retry={() => void stored.refetch()} />;
  }
  return stored.data ? <AutotaskForm user={user} stored={stored.data} /> : <Loading />;
};

type AutotaskValues = { username: string; password: string; confirmation: string };
type Draft = { username: string; editsUsername: boolean; editsPassword: boolean };

const AutotaskForm = ({ user, stored }: { user: User; stored: Stored }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const rules = useRules();
  const at = useTimes();
  const draftName = `autotask.${user.id}`;
  const [draft] = useState(() => drafts.take<Draft>(draftName));
  const [editsUsername, setEditsUsername] = useState(draft?.editsUsername ?? !stored.username);
  const [editsPassword, setEditsPassword] = useState(draft?.editsPassword ?? false);
  const [removes, setRemoves] = useState(false);
  const form = useForm<AutotaskValues>({
    defaultValues: { username: stored.username ?? "", password: "", confirmation: "" },
  });
  const report = useReport(form);
  const { control, formState } = form;
  const { isDirty } = formState;
  const params = { path: { account: account.id, user: user.id } };
  const { queryKey } = queries.autotaskAccount(account.id, user.id);

  useEffect(() => {
    if (draft) {
      form.setValue("username", draft.username, { shouldDirty: true });
    }
  }, [draft, form]);

  useEffect(
    () =>
      drafts.register(
        draftName,
        () => ({ username: form.getValues("username"), editsUsername, editsPassword }) satisfies Draft,
      ),
    [draftName, form, editsUsername, editsPassword],
  );

  const openUsername = useCallback(() => setEditsUsername(true), []);
  const show = (now: Stored) => {
    client.setQueryData(queryKey, now);
    void refresh(client, ["account", account.id, "user", user.id, "activity"]);
    form.reset({ username: now.username ?? "", password: "", confirmation: "" });
    setEditsUsername(!now.username);
    setEditsPassword(false);
  };

  const save = useMutation({
    mutationFn: (body: Schemas["AutotaskAccountInput"]) =>
      content(api.PUT("/accounts/{account}/users/{user}/autotask-account", { params, body })),
    onSuccess: (now) => {
      show(now);
      addAlert(t("autotaskSaved"));
    },
    onError: report,
  });
  const remove = useMutation({
    mutationFn: () => content(api.DELETE("/accounts/{account}/users/{user}/autotask-account", { params })),
    onSuccess: () => {
      show({ passwordSet: false });
      addAlert(t("autotaskRemoved"));
    },
    onError: report,
    onSettled: () => setRemoves(false),
  });
  const submit = form.handleSubmit(({ username, password }) =>
    save.mutate({ username: username.trim(), ...(editsPassword && { password }) }),
  );
  const openPassword = () => {
    if (session.isRecent()) {
      setEditsPassword(true);
      return;
    }
    const values = form.getValues("username");
    session.needsStepUp(
      drafts.register(
        draftName,
        () => ({ username: values, editsUsername, editsPassword: true }) satisfies Draft,
      ),
    );
  };

  useEffect(() => {
    if (editsPassword) {
      form.setFocus("password");
    }
  }, [editsPassword, form]);

  const rootError = formState.errors.root?.message;
  return (
    <Panel className="wise-sync-form" title={t("autotaskUserAccount")}>
      <p className="wise-sync-notice">{t("autotaskDescription")}</p>
      <Form noValidate autoComplete="off" onSubmit={(event) => void submit(event)}>
        <UsernameField
          form={form}
          name="username"
          label={t("autotaskUsername")}
          editLabel={t("editAutotaskUsername")}
          isOpen={editsUsername}
          onOpen={openUsername}
          onClose={
            stored.username
              ? () => {
                  form.resetField("username", { defaultValue: stored.username });
                  setEditsUsername(false);
                }
              : undefined
          }
        />
        {editsPassword ? (
          <>
            <PasswordField
              control={control}
              name="password"
              label={t("autotaskPassword")}
              rules={rules.required(t("enterAutotaskPassword"))}
            />
            <PasswordField
              control={control}
              name="confirmation"
              label={t("confirmPassword")}
              rules={{ required: t("passwordsDiffer"), ...rules.sameAs(() => form.getValues("password")) }}
            />
          </>
        ) : (
          <FormGroup label={t("autotaskPassword")}>
            <span className="wise-sync-value">
              {stored.passwordSet
                ? stored.updatedAt
                  ? t("passwordSetAt", { time: at(stored.updatedAt) })
                  : t("passwordSet")
                : t("passwordNotSet")}
            </span>{" "}
            <Button variant="link" isInline onClick={openPassword}>
              {stored.passwordSet ? t("replacePassword") : t("setPassword")}
            </Button>
          </FormGroup>
        )}
        {rootError && <Notice variant="danger" title={rootError} isUrgent />}
        <ActionGroup>
          <Action type="submit" isBusy={save.isPending} isOff={!isDirty && !editsPassword}>
            {t("save")}
          </Action>
          {(isDirty || editsPassword) && (
            <Button variant="link" onClick={() => show(stored)}>
              {t("cancel")}
            </Button>
          )}
          {(stored.username || stored.passwordSet) && (
            <Button variant="link" isDanger onClick={() => setRemoves(true)}>
              {t("removeAutotask")}
            </Button>
          )}
        </ActionGroup>
      </Form>
      {removes && (
        <Confirmation
          title={t("removeAutotaskTitle")}
          confirm={t("removeAutotask")}
          isDanger
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setRemoves(false)}
        >
          {t("removeAutotaskDescription")}
        </Confirmation>
      )}
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Panel>
  );
};
