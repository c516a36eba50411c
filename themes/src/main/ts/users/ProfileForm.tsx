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
import { useCallback, useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Company } from "../api/client";
import type { VersionedUser } from "../api/queries";
import { drafts } from "../session/drafts";
import { TextField } from "../ui/fields";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { CompaniesField } from "./CompaniesField";
import { Conflict } from "./Conflict";
import { profileOf, type Profile } from "./profile";
import { RoleField } from "./RoleField";
import { useRoles } from "./roles";
import { useRules } from "./rules";
import { useOrderOfErrors } from "./useOrderOfErrors";
import { UsernameField } from "./UsernameField";
import { useSaveProfile } from "./useSaveProfile";

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
  const form = useForm<Profile>({ defaultValues: base.profile });
  useOrderOfErrors(form);
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

  const openUsername = useCallback(() => setEditsUsername(true), []);
  const [role, email] = form.watch(["role", "email"]);
  const offersBoth =
    same(base.profile.email, base.profile.username) && !same(email, base.profile.email) && !editsUsername;

  const { save, conflict, dropConflict } = useSaveProfile(id, takeOver, report);

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
          <UsernameField
            form={form}
            name="username"
            label={t("username")}
            help={t("usernameHelp")}
            editLabel={t("editUsername")}
            isOpen={editsUsername}
            onOpen={openUsername}
          />
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
              dropConflict();
            }}
            onClose={dropConflict}
          />
        )}
      </CardBody>
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Card>
  );
};
