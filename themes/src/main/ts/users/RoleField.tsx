import { FormErrorText } from "@keycloak/keycloak-ui-shared";
import { Button, FormGroup, Radio } from "@patternfly/react-core";
import { useState } from "react";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useFocus } from "../ui/useFocus";
import { PermissionsDialog } from "./Permissions";
import { ROLES, useRoles } from "./roles";

/** The four roles, each with its description, and a table that compares their permissions. */
export const RoleField = <T extends FieldValues>({
  control,
  name,
}: {
  control: Control<T>;
  name: FieldPath<T>;
}) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const [isCompared, setCompared] = useState(false);
  const { field, fieldState } = useController({ control, name, rules: { required: t("chooseRole") } });
  const error = fieldState.error?.message;
  useFocus(field.ref, `${name}-${ROLES[0]}`);
  return (
    <FormGroup
      role="radiogroup"
      label={t("role")}
      fieldId={name}
      isRequired
      labelInfo={
        <Button variant="link" isInline onClick={() => setCompared(true)}>
          {t("comparePermissions")}
        </Button>
      }
      aria-describedby={error && `${name}-error`}
      className="wise-sync-roles"
    >
      <div className="wise-sync-roles__choices">
        {ROLES.map((role) => (
          <Radio
            key={role}
            id={`${name}-${role}`}
            name={name}
            label={roles.name(role)}
            description={<span id={`${name}-${role}-description`}>{roles.may(role)}</span>}
            aria-describedby={`${name}-${role}-description`}
            value={role}
            isChecked={field.value === role}
            onChange={() => field.onChange(role)}
          />
        ))}
      </div>
      {error && <FormErrorText id={`${name}-error`} message={error} />}
      {isCompared && <PermissionsDialog onClose={() => setCompared(false)} />}
    </FormGroup>
  );
};
