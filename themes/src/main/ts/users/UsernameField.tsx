import { Button, FormGroup } from "@patternfly/react-core";
import { PencilAltIcon } from "@patternfly/react-icons/dist/esm/icons/pencil-alt-icon";
import { useEffect, useRef } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
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
};

/** Text until somebody asks to edit it, or it is refused: then a field, with the focus in it. */
export const UsernameField = <T extends FieldValues>({
  form,
  name,
  label,
  help,
  editLabel,
  isOpen,
  onOpen,
}: UsernameFieldProps<T>) => {
  const rules = useRules();
  const isRefused = form.getFieldState(name, form.formState).error !== undefined;
  const wasOpen = useRef(isOpen);

  useEffect(() => {
    if (isRefused && !isOpen) {
      onOpen();
    }
  }, [isRefused, isOpen, onOpen]);

  useEffect(() => {
    if (isOpen && !wasOpen.current) {
      form.setFocus(name, { shouldSelect: true });
    }
    wasOpen.current = isOpen;
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
      />
    );
  }
  return (
    <FormGroup label={label}>
      <span className="wise-sync-value">{form.watch(name)}</span>
      <Button variant="plain" className="wise-sync-edit" aria-label={editLabel} onClick={onOpen}>
        <PencilAltIcon />
      </Button>
    </FormGroup>
  );
};
