import { ActionGroup, Checkbox, Form } from "@patternfly/react-core";
import { useCallback, useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAccount, useMe } from "../AccountContext";
import type { Company, User } from "../api/client";
import type { VersionedUser } from "../api/queries";
import { drafts } from "../session/drafts";
import { session } from "../session/session";
import { AccountConsoleLink } from "../ui/AccountConsoleLink";
import { Action } from "../ui/Action";
import { FixedValue, TextField } from "../ui/fields";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { UnsavedChanges } from "../ui/UnsavedChanges";
import { useReport } from "../ui/useReport";
import { useRestored } from "../ui/useRestored";
import { CompaniesField } from "./CompaniesField";
import { Conflict } from "./Conflict";
import { RoleChange } from "./Permissions";
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

/** Edits a user's role, companies, name, email address and username. */
export const ProfileForm = ({ versioned, companies }: ProfileFormProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const me = useMe();
  const rules = useRules();
  const roles = useRoles();
  const { id } = versioned.user;
  const isSelf = id === me.id;
  const isManaged = versioned.user.managedBy === "scim";
  const draftName = `profile.${id}`;
  const [draft, setDraft] = useState(() => drafts.take<Draft>(draftName));
  // The version the form was filled from; a later change must not replace what is being edited.
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
  const takeOver = ({ user, version }: VersionedUser) => {
    setBase({ profile: profileOf(user), version });
    setDraft(undefined);
    setEditsUsername(false);
    setChangesBoth(true);
  };
  const { save, conflict, dropConflict } = useSaveProfile(id, takeOver, report);

  useEffect(() => form.reset(base.profile), [form, base]);

  useRestored(form, draft?.values);

  if (versioned.version !== base.version && !isDirty && !draft && !save.isPending) {
    takeOver(versioned);
  }

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
  const [role, email] = useWatch({ control, name: ["role", "email"] });
  const offersBoth =
    !isSelf &&
    same(base.profile.email, base.profile.username) &&
    !same(email, base.profile.email) &&
    !editsUsername;

  const submit = form.handleSubmit((values) =>
    save.mutate({
      profile: { ...values, ...(offersBoth && changesBoth && { username: values.email }) },
      base: base.profile,
      version: base.version,
    }),
  );

  const oneName = rules.oneName(() => form.getValues("lastName"));
  const recheckFirstName = () => void (formState.errors.firstName && form.trigger("firstName"));
  const rootError = formState.errors.root?.message;
  const roleIsFixed = isSelf || (account.psa === "autotask" && !account.byStaff);
  const before = base.profile.role;
  return (
    <Panel title={t("profile")}>
      {draft && isDirty && (
        <Notice
          variant="info"
          title={session.hasLoggedInAgain() ? t("draftRestored") : t("draftKept")}
          className="wise-sync-notice"
        />
      )}
      <Form noValidate autoComplete="off" onSubmit={(event) => void submit(event)}>
        {roleIsFixed ? (
          <FixedValue label={t("role")} help={isSelf ? t("ownRole") : t("contactSupportForRole")}>
            {roles.name(versioned.user.role)}
          </FixedValue>
        ) : (
          <RoleField control={control} name="role" />
        )}
        {before && role && role !== before && <RoleChange before={before} after={role} />}
        {role === "user" && !isSelf && (
          <CompaniesField control={control} name="companies" companies={companies} />
        )}
        {isManaged ? (
          <ManagedFields user={versioned.user} />
        ) : (
          <div className="wise-sync-pair">
            <TextField control={control} name="firstName" label={t("firstName")} rules={oneName} />
            <TextField control={control} name="lastName" label={t("lastName")} onChange={recheckFirstName} />
          </div>
        )}
        {isManaged ? null : isSelf ? (
          <div className="wise-sync-pair">
            <FixedValue label={t("email")} help={<AccountConsoleLink text={t("ownEmail")} />}>
              {versioned.user.email ?? "–"}
            </FixedValue>
            <FixedValue label={t("username")} help={t("ownUsername")}>
              {versioned.user.username}
            </FixedValue>
          </div>
        ) : (
          <>
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
                description={t("sameUsername")}
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
              onClose={() => {
                form.resetField("username", { defaultValue: base.profile.username });
                setEditsUsername(false);
              }}
            />
          </>
        )}
        {rootError && <Notice variant="danger" title={rootError} isUrgent />}
        <ActionGroup>
          <Action type="submit" isBusy={save.isPending} isOff={!isDirty}>
            {t("save")}
          </Action>
          <Action
            variant="link"
            isOff={!isDirty || save.isPending}
            onClick={() => takeOver({ user: versioned.user, version: versioned.version })}
          >
            {t("revert")}
          </Action>
        </ActionGroup>
      </Form>
      {conflict && (
        <Conflict
          user={id}
          conflict={conflict}
          companies={companies}
          isSaving={save.isPending}
          onClose={dropConflict}
        />
      )}
      <UnsavedChanges when={useCallback(() => isDirty, [isDirty])} />
    </Panel>
  );
};

/** Name, email address and username of a user that the directory manages. */
const ManagedFields = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  return (
    <>
      <div className="wise-sync-pair">
        <FixedValue label={t("firstName")}>{user.firstName ?? "–"}</FixedValue>
        <FixedValue label={t("lastName")}>{user.lastName ?? "–"}</FixedValue>
      </div>
      <FixedValue label={t("email")}>{user.email ?? "–"}</FixedValue>
      <FixedValue label={t("username")} help={t("managedFields")}>
        {user.username}
      </FixedValue>
    </>
  );
};
