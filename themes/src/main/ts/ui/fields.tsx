import { FormErrorText } from "@keycloak/keycloak-ui-shared";
import {
  Button,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  InputGroup,
  InputGroupItem,
  TextInput,
  type TextInputProps,
} from "@patternfly/react-core";
import { EyeIcon } from "@patternfly/react-icons/dist/esm/icons/eye-icon";
import { EyeSlashIcon } from "@patternfly/react-icons/dist/esm/icons/eye-slash-icon";
import { useEffect, useState, type ReactNode } from "react";
import {
  useController,
  type Control,
  type FieldPath,
  type FieldValues,
  type RegisterOptions,
} from "react-hook-form";
import { useTranslation } from "react-i18next";
import { AUTOMATIC_INPUT } from "../typedOnly";

/** Rules for a text: the form library's own type depends on the form and cannot be shared between forms. */
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
  /** Beside the input. */
  action?: ReactNode;
} & Pick<TextInputProps, "type" | "inputMode" | "isDisabled">;

// Data of another user: suggestions of the browser or of a password manager would be wrong.
const UNFILLED = {
  autoComplete: "off",
  "data-personal": true,
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
  const change = (value: string) => {
    field.onChange(value);
    onChange?.(value);
  };
  return {
    error,
    change,
    isRequired: rules?.required !== undefined,
    input: {
      id: name,
      name: field.name,
      ref: field.ref,
      value: (field.value as string | undefined) ?? "",
      onBlur: field.onBlur,
      onChange: (_: unknown, value: string) => change(value),
      validated: error ? ("error" as const) : ("default" as const),
    },
  };
};

const describedBy = (name: string, error: string | undefined, help: ReactNode) =>
  [error && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ") || undefined;

type BelowProps = {
  name: string;
  error: string | undefined;
  help: ReactNode;
  isSecret?: boolean;
  onAccept: (value: string) => void;
};

const Below = ({ name, error, help, isSecret = false, onAccept }: BelowProps) => (
  <>
    {help && (
      <FormHelperText id={`${name}-help`}>
        <HelperText>
          <HelperTextItem>{help}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    )}
    {error && <FormErrorText id={`${name}-error`} message={error} />}
    <AutomaticInput name={name} isSecret={isSecret} onAccept={onAccept} />
  </>
);

type AutomaticInputProps = { name: string; isSecret: boolean; onAccept: (value: string) => void };

/** Says that a value was filled in automatically and not accepted, and offers to accept it. */
const AutomaticInput = ({ name, isSecret, onAccept }: AutomaticInputProps) => {
  const { t } = useTranslation();
  const [value, setValue] = useState<string>();
  useEffect(() => {
    const field = document.getElementById(name);
    const offer = (event: Event) => setValue((event as CustomEvent<string>).detail || undefined);
    const forget = () => setValue(undefined);
    field?.addEventListener(AUTOMATIC_INPUT, offer);
    field?.addEventListener("input", forget);
    return () => {
      field?.removeEventListener(AUTOMATIC_INPUT, offer);
      field?.removeEventListener("input", forget);
    };
  }, [name]);
  return (
    <div role="status">
      {value !== undefined && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem variant="warning" hasIcon>
              {isSecret ? t("automaticPassword") : t("automaticInput", { value })}{" "}
              <Button
                variant="link"
                isInline
                onClick={() => {
                  onAccept(value);
                  setValue(undefined);
                  document.getElementById(name)?.focus();
                }}
              >
                {t("automaticInputAccept")}
              </Button>
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </div>
  );
};

export const TextField = <T extends FieldValues>(props: FieldProps<T>) => {
  const { name, label, help, type = "text", inputMode, isDisabled, action } = props;
  const { error, isRequired, input, change } = useField(props);
  const text = (
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
  );
  return (
    <FormGroup label={label} fieldId={name} isRequired={isRequired}>
      {action ? (
        <InputGroup>
          <InputGroupItem isFill>{text}</InputGroupItem>
          <InputGroupItem>{action}</InputGroupItem>
        </InputGroup>
      ) : (
        text
      )}
      <Below name={name} error={error} help={help} onAccept={change} />
    </FormGroup>
  );
};

export const PasswordField = <T extends FieldValues>(props: FieldProps<T>) => {
  const { t } = useTranslation();
  const { name, label, help } = props;
  const { error, isRequired, input, change } = useField(props);
  const [isShown, setShown] = useState(false);
  return (
    <FormGroup label={label} fieldId={name} isRequired={isRequired}>
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            {...input}
            {...UNFILLED}
            type={isShown ? "text" : "password"}
            autoComplete="new-password"
            data-secret
            isRequired={isRequired}
            aria-describedby={describedBy(name, error, help)}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button
            variant="control"
            aria-label={isShown ? t("hidePassword") : t("showPassword")}
            aria-controls={name}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeSlashIcon /> : <EyeIcon />}
          </Button>
        </InputGroupItem>
      </InputGroup>
      <Below name={name} error={error} help={help} isSecret onAccept={change} />
    </FormGroup>
  );
};

/** A value that cannot be edited here, and why. */
export const FixedValue = ({
  label,
  help,
  children,
}: {
  label: string;
  help?: ReactNode;
  children: ReactNode;
}) => (
  <FormGroup label={label}>
    <strong className="wise-sync-value">{children}</strong>
    {help && (
      <FormHelperText>
        <HelperText>
          <HelperTextItem>{help}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    )}
  </FormGroup>
);
