import { ActionGroup, Button, Form, FormGroup, PageSection, Radio, Skeleton } from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { api, content, type Company, type Role, type Schemas } from "../api/client";
import { queries, refresh } from "../api/queries";
import { drafts } from "../session/drafts";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Failure } from "../ui/Failure";
import { PasswordField, TextField } from "../ui/fields";
import { Notice } from "../ui/Notice";
import { PageHead } from "../ui/PageHead";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { useRestored } from "../ui/useRestored";
import { CompaniesField } from "./CompaniesField";
import type { ListLinkState } from "./EditUser";
import { RoleField } from "./RoleField";
import { ROLES } from "./roles";
import { useOrderOfErrors } from "./useOrderOfErrors";
import { useRules } from "./rules";
import type { CreatedState } from "./Users";

type NewUserForm = {
  role: Role | "";
  companies: string[];
  firstName: string;
  lastName: string;
  email: string;
  username: string;
  password: string;
  confirmation: string;
};

const EMPTY: NewUserForm = {
  role: "",
  companies: [],
  firstName: "",
  lastName: "",
  email: "",
  username: "",
  password: "",
  confirmation: "",
};

/** The list of users as it was before this page. */
const useListPath = () => {
  const { path } = useAccount();
  const { state } = useLocation() as { state: ListLinkState | null };
  return `${path}${state?.list ?? ""}`;
};

type Draft = { values: NewUserForm; usernameFollows: boolean; byMail: boolean };

export const CreateUser = () => {
  const { t } = useTranslation();
  const account = useAccount();
  const list = useListPath();
  const companies = useQuery(queries.companies(account.id));
  if (companies.isError) {
    return <Failure error={companies.error} retry={() => void companies.refetch()} />;
  }
  if (companies.data?.length === 0 && !account.byStaff) {
    return <Navigate to={account.path} replace />;
  }
  return (
    <>
      <PageHead
        title={t("createUserTitle")}
        crumbs={[
          ...(account.byStaff ? [{ to: "/accounts", text: t("accounts") }] : []),
          {
            to: list,
            text: account.byStaff ? t("usersOf", { account: account.name }) : t("users"),
          },
        ]}
      />
      <PageSection className="wise-sync-sheet" data-focus-home aria-busy={!companies.data}>
        {companies.data ? (
          <NewUser companies={companies.data} />
        ) : (
          <Skeleton height="20rem" screenreaderText={t("loading")} />
        )}
      </PageSection>
    </>
  );
};

const NewUser = ({ companies }: { companies: Company[] }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const list = useListPath();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const rules = useRules();
  const draftName = `create.${account.id}`;
  const [draft] = useState(() => drafts.take<Draft>(draftName));
  const [usernameFollows, setUsernameFollows] = useState(draft?.usernameFollows ?? true);
  const [byMail, setByMail] = useState(draft?.byMail ?? true);
  const [params] = useSearchParams();
  const [asked] = useState<Role | "">(() => ROLES.find((known) => known === params.get("role")) ?? "");
  const form = useForm<NewUserForm>({
    defaultValues: { ...EMPTY, role: asked },
    shouldUnregister: false,
  });
  useOrderOfErrors(form);
  useRestored(form, draft?.values);
  const report = useReport(form);
  const { control, formState } = form;
  const role = useWatch({ control, name: "role" });
  const isDone = useRef(false);
  const { isDirty, isSubmitted } = formState;

  useEffect(
    () =>
      drafts.register(draftName, () => {
        const values = { ...form.getValues(), password: "", confirmation: "" };
        return { values, usernameFollows, byMail } satisfies Draft;
      }),
    [draftName, form, usernameFollows, byMail],
  );

  const create = useMutation({
    mutationFn: ({ body }: { body: Schemas["NewUser"]; another: boolean }) =>
      content(api.POST("/accounts/{account}/users", { params: { path: { account: account.id } }, body })),
    onSuccess: (user, { another }) => {
      void refresh(client, ["account", account.id]);
      void refresh(client, ["accounts"]);
      const { username } = user;
      addAlert(byMail ? t("userInvited", { username }) : t("userCreated", { username }), {
        details: <Link to={`${account.path}/${user.id}`}>{t("openUser")}</Link>,
      });
      if (another) {
        const { role: sameRole, companies: sameCompanies } = form.getValues();
        // Without its fields, the form could focus one only after the next rendering.
        form.reset({ ...EMPTY, role: sameRole, companies: sameCompanies }, { keepFieldsRef: true });
        setUsernameFollows(true);
        setByMail(true);
        form.setFocus("firstName");
      } else {
        isDone.current = true;
        navigate(list, { state: { created: { id: user.id, username } } satisfies CreatedState });
      }
    },
    onError: report,
  });

  const submit = (another: boolean) =>
    form.handleSubmit(({ role: chosen, companies: assigned, password, ...values }) => {
      if (chosen === "") {
        return;
      }
      create.mutate({
        another,
        body: {
          role: chosen,
          ...(chosen === "user" && { companies: assigned }),
          firstName: values.firstName.trim(),
          lastName: values.lastName.trim(),
          email: values.email.trim(),
          username: values.username.trim(),
          ...(!byMail && { password }),
        },
      });
    });

  const oneName = rules.oneName(() => form.getValues("lastName"));
  const recheckFirstName = () => void (formState.errors.firstName && form.trigger("firstName"));
  const rootError = formState.errors.root?.message;
  return (
    <Form noValidate autoComplete="off" onSubmit={(event) => void submit(false)(event)}>
      <div className="wise-sync-halves">
        <div className="wise-sync-half">
          <RoleField control={control} name="role" />
          {role === "user" && <CompaniesField control={control} name="companies" companies={companies} />}
        </div>
        <div className="wise-sync-half">
          <div className="wise-sync-pair">
            <TextField control={control} name="firstName" label={t("firstName")} rules={oneName} />
            <TextField control={control} name="lastName" label={t("lastName")} onChange={recheckFirstName} />
          </div>
          <TextField
            control={control}
            name="email"
            type="text"
            inputMode="email"
            label={t("email")}
            help={t("emailHelp")}
            rules={rules.email}
            onChange={(email) =>
              usernameFollows &&
              form.setValue("username", email, { shouldDirty: true, shouldValidate: isSubmitted })
            }
          />
          <TextField
            control={control}
            name="username"
            inputMode="email"
            label={t("username")}
            help={`${t("usernameHelp")} ${t("sameUsername")}`}
            rules={rules.email}
            onChange={() => setUsernameFollows(false)}
          />
          <FormGroup role="radiogroup" label={t("password")} fieldId="passwordWay">
            <Radio
              id="by-mail"
              name="passwordWay"
              label={t("passwordByMail")}
              description={<span id="by-mail-description">{t("passwordByMailHelp")}</span>}
              aria-describedby="by-mail-description"
              isChecked={byMail}
              onChange={() => {
                setByMail(true);
                form.resetField("password");
                form.resetField("confirmation");
              }}
            />
            <Radio
              id="by-hand"
              name="passwordWay"
              label={t("passwordByHand")}
              isChecked={!byMail}
              onChange={() => setByMail(false)}
            />
          </FormGroup>
          {!byMail && (
            <div className="wise-sync-pair">
              <PasswordField
                control={control}
                name="password"
                label={t("password")}
                help={t("passwordHelp")}
                rules={{ ...rules.password, shouldUnregister: true }}
              />
              <PasswordField
                control={control}
                name="confirmation"
                label={t("confirmPassword")}
                rules={{
                  required: t("passwordsDiffer"),
                  ...rules.sameAs(() => form.getValues("password")),
                  shouldUnregister: true,
                }}
              />
            </div>
          )}
        </div>
      </div>
      {rootError && <Notice variant="danger" title={rootError} isUrgent />}
      <ActionGroup className="wise-sync-save">
        <Action type="submit" isBusy={create.isPending}>
          {t("save")}
        </Action>
        <Action variant="secondary" isOff={create.isPending} onClick={(event) => void submit(true)(event)}>
          {t("saveAndCreateAnother")}
        </Action>
        <Button variant="link" onClick={() => navigate(list)}>
          {t("cancel")}
        </Button>
      </ActionGroup>
      <UnsavedChanges when={useCallback(() => isDirty && !isDone.current, [isDirty])} />
    </Form>
  );
};
