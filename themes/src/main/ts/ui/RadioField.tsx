import { FormErrorText } from "@keycloak/keycloak-ui-shared";
import { FormGroup, Radio } from "@patternfly/react-core";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";
import { useFocus } from "./useFocus";

type RadioFieldProps<T extends FieldValues> = {
  control: Control<T>;
  name: FieldPath<T>;
  label: string;
  options: { value: string; text: string; description?: string }[];
  /** The error if nothing is chosen. */
  required: string;
};

/** One of a few values. */
export const RadioField = <T extends FieldValues>({
  control,
  name,
  label,
  options,
  required,
}: RadioFieldProps<T>) => {
  const { field, fieldState } = useController({ control, name, rules: { required } });
  const error = fieldState.error?.message;
  useFocus(field.ref, options[0] && `${name}-${options[0].value}`);
  return (
    <FormGroup
      role="radiogroup"
      label={label}
      fieldId={name}
      isRequired
      aria-describedby={error && `${name}-error`}
    >
      {options.map(({ value, text, description }) => (
        <Radio
          key={value}
          id={`${name}-${value}`}
          name={name}
          label={text}
          {...(description && {
            description: <span id={`${name}-${value}-description`}>{description}</span>,
            "aria-describedby": `${name}-${value}-description`,
          })}
          value={value}
          isChecked={field.value === value}
          onChange={() => field.onChange(value)}
        />
      ))}
      {error && <FormErrorText id={`${name}-error`} message={error} />}
    </FormGroup>
  );
};
