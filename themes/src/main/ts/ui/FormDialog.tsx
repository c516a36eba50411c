import { Form } from "@patternfly/react-core";
import type { FormEvent, ReactNode } from "react";
import { Action } from "./Action";
import { Dialog } from "./Dialog";
import { Notice } from "./Notice";

type FormDialogProps = {
  id: string;
  title: string;
  /** The text of the button that submits the form. */
  submitText: string;
  onSubmit: (event: FormEvent) => Promise<void>;
  onClose: () => void;
  isBusy: boolean;
  isOff?: boolean;
  isDanger?: boolean;
  /** What enables the button: always visible next to it. */
  condition?: ReactNode;
  /** An error that belongs to no field. */
  error: string | undefined;
  children: ReactNode;
};

/** A dialog with a form, whose field `name` gets the focus. */
export const FormDialog = ({
  id,
  title,
  submitText,
  onSubmit,
  onClose,
  isBusy,
  isOff = false,
  isDanger = false,
  condition,
  error,
  children,
}: FormDialogProps) => (
  <Dialog
    size="small"
    title={title}
    focus="name"
    onClose={onClose}
    condition={condition}
    actions={
      <Action type="submit" form={id} variant={isDanger ? "danger" : "primary"} isBusy={isBusy} isOff={isOff}>
        {submitText}
      </Action>
    }
  >
    <Form id={id} noValidate autoComplete="off" onSubmit={(event) => void onSubmit(event)}>
      {children}
      {error && <Notice variant="danger" title={error} isUrgent />}
    </Form>
  </Dialog>
);
