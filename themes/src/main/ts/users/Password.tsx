import { useAlerts } from "@keycloak/keycloak-ui-shared";
import { ActionGroup, Alert, Button, Card, CardBody, CardTitle, Form } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type User } from "../api/client";
import { drafts } from "../session/drafts";
import { session } from "../session/session";
import { PasswordField } from "../ui/fields";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { useRules } from "./rules";

type PasswordForm = { password: string; confirmation: string };

/** A new password for somebody: by a link they are mailed, and in Autotask accounts by hand. */
export const Password = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  const account = useAccount();
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

  return (
    <Card>
      <CardTitle component="h2">{t("password")}</CardTitle>
      <CardBody>
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
                    // Better now than when it is typed: it is not kept while the page is left.
                    const done = drafts.register(draftName, () => true);
                    session.needsStepUp(done);
                  }
                }}
              >
                {t("updatePassword")}
              </Button>
            )}
            <Button
              variant="link"
              isInline
              isLoading={mail.isPending}
              isDisabled={mail.isPending || !user.enabled}
              onClick={() => mail.mutate()}
            >
              {t("mailPasswordLink")}
            </Button>
          </div>
        )}
      </CardBody>
    </Card>
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

  const update = useMutation({
    mutationFn: ({ password }: PasswordForm) =>
      content(
        api.PUT("/accounts/{account}/users/{user}/password", {
          params: { path: { account: account.id, user: user.id } },
          body: { password },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["account", account.id, "user", user.id] });
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
      {rootError && <Alert isInline variant="danger" role="alert" component="p" title={rootError} />}
      <ActionGroup>
        <Button type="submit" isLoading={update.isPending} isDisabled={update.isPending}>
          {t("savePassword")}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>
      </ActionGroup>
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Form>
  );
};
