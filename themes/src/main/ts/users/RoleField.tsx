import { FormErrorText } from "@keycloak/keycloak-ui-shared";
import { FormGroup, Radio } from "@patternfly/react-core";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useFocus } from "../ui/useFocus";
import { ROLES, useRoles } from "./roles";

/** The four roles, each with what it may do. */
export const RoleField = <T extends FieldValues>({
  control,
  name,
}: {
  control: Control<T>;
  name: FieldPath<T>;
}) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const { field, fieldState } = useController({ control, name, rules: { required: t("chooseRole") } });
  const error = fieldState.error?.message;
  useFocus(field.ref, `${name}-${ROLES[0]}`);
  return (
    <FormGroup
      role="radiogroup"
      label={t("role")}
      fieldId={name}
      isRequired
      aria-describedby={error && `${name}-error`}
      className="wise-sync-roles"
    >
      {ROLES.map((role) => (
        <Radio
          key={role}
          id={`${name}-${role}`}
          name={name}
          label={roles.name(role)}
          description={roles.may(role)}
          value={role}
          isChecked={field.value === role}
          onChange={() => field.onChange(role)}
        />
      ))}
      {error && <FormErrorText id={`${name}-error`} message={error} />}
    </FormGroup>
  );
};
