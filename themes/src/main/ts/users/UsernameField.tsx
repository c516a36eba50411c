import { Button, FormGroup } from "@patternfly/react-core";
import { PencilAltIcon } from "@patternfly/react-icons/dist/esm/icons/pencil-alt-icon";
import { UndoIcon } from "@patternfly/react-icons/dist/esm/icons/undo-icon";
import { useEffect, useRef } from "react";
import { useWatch, type FieldPath, type FieldValues, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { TextField } from "../ui/fields";
import { useRules } from "./rules";

type UsernameFieldProps<T extends FieldValues> = {
  form: UseFormReturn<T>;
  name: FieldPath<T>;
  label: string;
  help?: string;
  editLabel: string;
  isOpen: boolean;
  onOpen: () => void;
  /** Closes the field and brings back the saved value; without it the field stays open. */
  onClose?: (() => void) | undefined;
};

/** A text with a pencil; an input, with the focus in it, once it is edited or was refused. */
export const UsernameField = <T extends FieldValues>({
  form,
  name,
  label,
  help,
  editLabel,
  isOpen,
  onOpen,
  onClose,
}: UsernameFieldProps<T>) => {
  const { t } = useTranslation();
  const rules = useRules();
  const pencil = useRef<HTMLButtonElement>(null);
  const isRefused = form.getFieldState(name, form.formState).error !== undefined;
  const wasOpen = useRef(isOpen);
  const isClosing = useRef(false);
  const value = useWatch({ control: form.control, name }) as string;

  useEffect(() => {
    if (isRefused && !isOpen) {
      onOpen();
    }
  }, [isRefused, isOpen, onOpen]);

  useEffect(() => {
    if (isOpen && !wasOpen.current) {
      form.setFocus(name, { shouldSelect: true });
    }
    if (!isOpen && isClosing.current) {
      pencil.current?.focus();
    }
    wasOpen.current = isOpen;
    isClosing.current = false;
  }, [isOpen, form, name]);

  if (isOpen) {
    return (
      <TextField
        control={form.control}
        name={name}
        inputMode="email"
        label={label}
        help={help}
        rules={rules.email}
        action={
          onClose && (
            <Button
              variant="control"
              aria-label={t("undoEdit", { field: label })}
              onClick={() => {
                isClosing.current = true;
                onClose();
              }}
            >
              <UndoIcon />
            </Button>
          )
        }
      />
    );
  }
  return (
    <FormGroup label={label}>
      <span className="wise-sync-value">{value}</span>
      <Button ref={pencil} variant="plain" className="wise-sync-edit" aria-label={editLabel} onClick={onOpen}>
        <PencilAltIcon />
      </Button>
    </FormGroup>
  );
};
