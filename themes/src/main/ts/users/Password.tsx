import { ActionGroup, Button, Form } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { refresh } from "../api/queries";
import { drafts } from "../session/drafts";
import { session } from "../session/session";
import { AccountConsoleLink } from "../ui/AccountConsoleLink";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { PasswordField } from "../ui/fields";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { useRules } from "./rules";

type PasswordForm = { password: string; confirmation: string };

/** A new password: by a link that is emailed to the user and, in Autotask accounts, by typing it. */
export const Password = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const { addAlert } = useAlerts();
  const report = useReport();
  const draftName = `password.${user.id}`;
  const [isOpen, setOpen] = useState(() => drafts.take<boolean>(draftName) ?? false);
  const params = { path: { account: account.id, user: user.id } };

  const mail = useMutation({
    mutationFn: () => content(api.POST("/accounts/{account}/users/{user}/reset-password", { params })),
    onSuccess: () => addAlert(t("passwordLinkMailed", { email: user.email })),
    onError: report,
  });

  if (user.id === me.id) {
    return (
      <Panel title={t("password")}>
        <AccountConsoleLink text={t("ownPassword")} />
      </Panel>
    );
  }
  // An invitation is sent again in its own panel; a password is typed in Autotask accounts only.
  if (user.invitation && account.psa !== "autotask") {
    return null;
  }
  return (
    <Panel title={t("password")}>
      {isOpen ? (
        <NewPassword user={user} draftName={draftName} onClose={() => setOpen(false)} />
      ) : (
        <div className="wise-sync-stack">
          <p>{t("passwordDescription")}</p>
          {account.psa === "autotask" && (
            <Button
              variant="secondary"
              onClick={() => {
                if (session.isRecent()) {
                  setOpen(true);
                } else {
                  // Before it is typed rather than after: a password is not kept while the page is left.
                  session.needsStepUp(drafts.register(draftName, () => true));
                }
              }}
            >
              {t("updatePassword")}
            </Button>
          )}
          {!user.invitation && (
            <Action
              variant="link"
              isInline
              isBusy={mail.isPending}
              isOff={!user.enabled}
              {...(!user.enabled && { "aria-describedby": "no-password-link" })}
              onClick={() => mail.mutate()}
            >
              {t("mailPasswordLink")}
            </Action>
          )}
          {!user.invitation && !user.enabled && (
            <p id="no-password-link" className="wise-sync-explanation">
              {t("noPasswordLink")}
            </p>
          )}
        </div>
      )}
    </Panel>
  );
};

type NewPasswordProps = { user: User; draftName: string; onClose: () => void };

const NewPassword = ({ user, draftName, onClose }: NewPasswordProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const rules = useRules();
  const form = useForm<PasswordForm>({ defaultValues: { password: "", confirmation: "" } });
  const report = useReport(form);
  const { control, formState } = form;
  const { isDirty } = formState;
  useEffect(() => drafts.register(draftName, () => true), [draftName]);
  useEffect(() => form.setFocus("password"), [form]);

  const update = useMutation({
    mutationFn: ({ password }: PasswordForm) =>
      content(
        api.PUT("/accounts/{account}/users/{user}/password", {
          params: { path: { account: account.id, user: user.id } },
          body: { password },
        }),
      ),
    onSuccess: () => {
      void refresh(client, ["account", account.id, "user", user.id]);
      addAlert(t("passwordUpdated"));
      onClose();
    },
    onError: report,
  });
  const submit = form.handleSubmit((values) => update.mutate(values));
  const rootError = formState.errors.root?.message;
  return (
    <Form noValidate autoComplete="off" onSubmit={(event) => void submit(event)}>
      <PasswordField
        control={control}
        name="password"
        label={t("newPassword")}
        help={t("passwordHelp")}
        rules={rules.password}
      />
      <PasswordField
        control={control}
        name="confirmation"
        label={t("confirmPassword")}
        rules={{ required: t("passwordsDiffer"), ...rules.sameAs(() => form.getValues("password")) }}
      />
      {rootError && <Notice variant="danger" title={rootError} isUrgent />}
      <ActionGroup>
        <Action type="submit" isBusy={update.isPending}>
          {t("savePassword")}
        </Action>
        <Button variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>
      </ActionGroup>
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Form>
  );
};
