import { FormErrorText, PasswordInput } from "@keycloak/keycloak-ui-shared";
import {
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
  type TextInputProps,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import {
  useController,
  type Control,
  type FieldPath,
  type FieldValues,
  type RegisterOptions,
} from "react-hook-form";

/** Rules for a text: the form library's own type knows each field's and can't be shared between forms. */
export type TextRules = {
  required?: string;
  minLength?: { value: number; message: string };
  validate?: (value: string) => string | true;
  shouldUnregister?: boolean;
};

type FieldProps<T extends FieldValues> = {
  control: Control<T>;
  name: FieldPath<T>;
  label: string;
  help?: ReactNode;
  rules?: TextRules;
  onChange?: (value: string) => void;
} & Pick<TextInputProps, "type" | "inputMode" | "isDisabled">;

// Somebody else's data: neither the browser's nor a password manager's idea of it is wanted.
const UNFILLED = {
  autoComplete: "off",
  "data-1p-ignore": true,
  "data-lpignore": "true",
  "data-bwignore": true,
  "data-form-type": "other",
} as const;

const useField = <T extends FieldValues>({ control, name, rules, onChange }: FieldProps<T>) => {
  const { field, fieldState } = useController({
    control,
    name,
    ...(rules && { rules: rules as RegisterOptions<T> }),
  });
  const error = fieldState.error?.message;
  return {
    error,
    isRequired: rules?.required !== undefined,
    input: {
      id: name,
      name: field.name,
      ref: field.ref,
      value: (field.value as string | undefined) ?? "",
      onBlur: field.onBlur,
      onChange: (_: unknown, value: string) => {
        field.onChange(value);
        onChange?.(value);
      },
      validated: error ? ("error" as const) : ("default" as const),
    },
  };
};

const describedBy = (name: string, error: string | undefined, help: ReactNode) =>
  [error && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ") || undefined;

const Below = ({ name, error, help }: { name: string; error: string | undefined; help: ReactNode }) => (
  <>
    {help && (
      <FormHelperText id={`${name}-help`}>
        <HelperText>
          <HelperTextItem>{help}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    )}
    {error && <FormErrorText id={`${name}-error`} message={error} />}
  </>
);

export const TextField = <T extends FieldValues>(props: FieldProps<T>) => {
  const { name, label, help, type = "text", inputMode, isDisabled } = props;
  const { error, isRequired, input } = useField(props);
  return (
    <FormGroup label={label} fieldId={name} isRequired={isRequired}>
      <TextInput
        {...input}
        {...UNFILLED}
        type={type}
        inputMode={inputMode}
        isDisabled={isDisabled}
        isRequired={isRequired}
        maxLength={255}
        aria-describedby={describedBy(name, error, help)}
      />
      <Below name={name} error={error} help={help} />
    </FormGroup>
  );
};

export const PasswordField = <T extends FieldValues>(props: FieldProps<T>) => {
  const { name, label, help } = props;
  const { error, isRequired, input } = useField(props);
  return (
    <FormGroup label={label} fieldId={name} isRequired={isRequired}>
      <PasswordInput
        {...input}
        {...UNFILLED}
        autoComplete="new-password"
        data-secret
        isRequired={isRequired}
        aria-describedby={describedBy(name, error, help)}
      />
      <Below name={name} error={error} help={help} />
    </FormGroup>
  );
};
