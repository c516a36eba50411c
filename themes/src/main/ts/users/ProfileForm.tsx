import { useAlerts } from "@keycloak/keycloak-ui-shared";
import {
  ActionGroup,
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  Checkbox,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
} from "@patternfly/react-core";
import { PencilAltIcon } from "@patternfly/react-icons/dist/esm/icons/pencil-alt-icon";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { answer, api, type Company, type Role, type Schemas, type User } from "../api/client";
import { ApiError } from "../api/errors";
import { queries, type VersionedUser } from "../api/queries";
import { drafts } from "../session/drafts";
import { TextField } from "../ui/fields";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { CompaniesField } from "./CompaniesField";
import { Conflict } from "./Conflict";
import { RoleField } from "./RoleField";
import { useRoles } from "./roles";
import { useRules } from "./rules";

export type Profile = {
  role: Role | "";
  companies: string[];
  firstName: string;
  lastName: string;
  email: string;
  username: string;
};

export const profileOf = (user: User): Profile => ({
  role: user.role ?? "",
  companies: user.companies,
  firstName: user.firstName ?? "",
  lastName: user.lastName ?? "",
  email: user.email ?? "",
  username: user.username,
});

type Draft = {
  base: Profile;
  values: Profile;
  version: string | null;
  both: boolean;
  editsUsername: boolean;
};

type ProfileFormProps = { versioned: VersionedUser; companies: Company[] };

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Who somebody is and what they may do. */
export const ProfileForm = ({ versioned, companies }: ProfileFormProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const rules = useRules();
  const roles = useRoles();
  const { id } = versioned.user;
  const draftName = `profile.${id}`;
  const [draft] = useState(() => drafts.take<Draft>(draftName));
  // What the form was filled from: a change by somebody else must not slip under what is being typed.
  const [base, setBase] = useState(
    draft
      ? { profile: draft.base, version: draft.version }
      : { profile: profileOf(versioned.user), version: versioned.version },
  );
  const [changesBoth, setChangesBoth] = useState(draft?.both ?? true);
  const [editsUsername, setEditsUsername] = useState(draft?.editsUsername ?? false);
  const [conflict, setConflict] = useState<{ theirs: VersionedUser; mine: Profile }>();
  const form = useForm<Profile>({ defaultValues: base.profile });
  const report = useReport(form);
  const { control, formState } = form;
  const { isDirty } = formState;

  useEffect(() => {
    if (draft) {
      (Object.keys(draft.values) as (keyof Profile)[]).forEach((name) =>
        form.setValue(name, draft.values[name], { shouldDirty: true }),
      );
    }
  }, [draft, form]);

  const takeOver = useCallback(
    ({ user, version }: VersionedUser) => {
      setBase({ profile: profileOf(user), version });
      form.reset(profileOf(user));
      setEditsUsername(false);
      setChangesBoth(true);
    },
    [form],
  );

  useEffect(() => {
    if (versioned.version !== base.version && !isDirty && !draft) {
      takeOver(versioned);
    }
  }, [versioned, base.version, isDirty, draft, takeOver]);

  useEffect(
    () =>
      drafts.register(draftName, () =>
        isDirty
          ? ({
              base: base.profile,
              values: form.getValues(),
              version: base.version,
              both: changesBoth,
              editsUsername,
            } satisfies Draft)
          : undefined,
      ),
    [draftName, form, isDirty, base, changesBoth, editsUsername],
  );

  const [role, email, username] = form.watch(["role", "email", "username"]);
  const offersBoth =
    same(base.profile.email, base.profile.username) && !same(email, base.profile.email) && !editsUsername;

  const save = useMutation({
    mutationFn: async ({ profile, version }: { profile: Profile; version: string | null }) => {
      const body: Schemas["UserInput"] = {
        ...(profile.role && { role: profile.role }),
        companies: profile.role === "user" ? profile.companies : [],
        firstName: profile.firstName.trim(),
        lastName: profile.lastName.trim(),
        email: profile.email.trim(),
        username: profile.username.trim(),
      };
      const { data, response } = await answer(
        api.PUT("/accounts/{account}/users/{user}", {
          params: {
            path: { account: account.id, user: id },
            ...(version && { header: { "If-Match": version } }),
          },
          body,
        }),
      );
      return { user: data, version: response.headers.get("ETag") } satisfies VersionedUser;
    },
    onSuccess: (saved) => {
      setConflict(undefined);
      client.setQueryData(queries.user(account.id, id).queryKey, saved);
      takeOver(saved);
      void client.invalidateQueries({ queryKey: ["account", account.id, "users"] });
      addAlert(t("userSaved"));
    },
    onError: async (error, { profile }) => {
      if (error instanceof ApiError && error.status === 412) {
        try {
          const theirs = await client.fetchQuery({ ...queries.user(account.id, id), staleTime: 0 });
          setConflict({ theirs, mine: profile });
        } catch (failure) {
          report(failure);
        }
        return;
      }
      setConflict(undefined);
      report(error);
    },
  });

  const submit = form.handleSubmit((values) =>
    save.mutate({
      profile: { ...values, ...(offersBoth && changesBoth && { username: values.email }) },
      version: base.version,
    }),
  );

  const rootError = formState.errors.root?.message;
  const roleIsFixed = account.psa === "autotask" && !account.byStaff;
  return (
    <Card>
      <CardTitle component="h2">{t("profile")}</CardTitle>
      <CardBody>
        {draft && isDirty && (
          <Alert
            isInline
            variant="info"
            title={t("draftRestored")}
            component="p"
            className="wise-sync-notice"
          />
        )}
        <Form noValidate autoComplete="off" onSubmit={(event) => void submit(event)}>
          {roleIsFixed ? (
            <FormGroup label={t("role")}>
              <strong>{roles.name(versioned.user.role)}</strong>
              <FormHelperText>
                <HelperText>
                  <HelperTextItem>{t("contactSupportForRole")}</HelperTextItem>
                </HelperText>
              </FormHelperText>
            </FormGroup>
          ) : (
            <RoleField control={control} name="role" />
          )}
          {role === "user" && <CompaniesField control={control} name="companies" companies={companies} />}
          <div className="wise-sync-pair">
            <TextField control={control} name="firstName" label={t("firstName")} rules={rules.required} />
            <TextField control={control} name="lastName" label={t("lastName")} rules={rules.required} />
          </div>
          <TextField
            control={control}
            name="email"
            inputMode="email"
            label={t("email")}
            help={t("emailHelp")}
            rules={rules.email}
          />
          {offersBoth && (
            <Checkbox
              id="both"
              label={t("changeUsernameToo", { email: email.trim() })}
              description={t("changeUsernameTooHelp")}
              isChecked={changesBoth}
              onChange={(_, checked) => setChangesBoth(checked)}
            />
          )}
          {editsUsername ? (
            <TextField
              control={control}
              name="username"
              inputMode="email"
              label={t("username")}
              help={t("usernameHelp")}
              rules={rules.email}
            />
          ) : (
            <FormGroup label={t("username")}>
              <span className="wise-sync-value">{username}</span>
              <Button
                variant="plain"
                aria-label={t("editUsername")}
                className="wise-sync-edit"
                onClick={() => {
                  setEditsUsername(true);
                  // Not before it is there.
                  queueMicrotask(() => setTimeout(() => form.setFocus("username", { shouldSelect: true })));
                }}
              >
                <PencilAltIcon />
              </Button>
              {formState.errors.username?.message && (
                <Alert
                  isInline
                  isPlain
                  variant="danger"
                  component="p"
                  title={formState.errors.username.message}
                />
              )}
            </FormGroup>
          )}
          {rootError && <Alert isInline variant="danger" role="alert" component="p" title={rootError} />}
          <ActionGroup>
            <Button type="submit" isLoading={save.isPending} isDisabled={save.isPending || !isDirty}>
              {t("save")}
            </Button>
            <Button
              variant="link"
              isDisabled={!isDirty || save.isPending}
              onClick={() => takeOver({ user: versioned.user, version: versioned.version })}
            >
              {t("revert")}
            </Button>
          </ActionGroup>
        </Form>
        {conflict && (
          <Conflict
            theirs={profileOf(conflict.theirs.user)}
            mine={conflict.mine}
            companies={companies}
            isSaving={save.isPending}
            onKeepMine={() => save.mutate({ profile: conflict.mine, version: conflict.theirs.version })}
            onTakeTheirs={() => {
              takeOver(conflict.theirs);
              setConflict(undefined);
            }}
            onClose={() => setConflict(undefined)}
          />
        )}
      </CardBody>
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Card>
  );
};
