import type { ReactNode } from "react";
import { Action } from "./Action";
import { Dialog } from "./Dialog";

type ConfirmationProps = {
  title: string;
  confirm: string;
  isDanger?: boolean;
  isBusy?: boolean;
  isDisabled?: boolean;
  isLong?: boolean;
  /** What enables the button, next to it. */
  condition?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** Asks before something that has consequences. */
export const Confirmation = ({
  title,
  confirm,
  isDanger = false,
  isBusy = false,
  isDisabled = false,
  isLong = false,
  condition,
  onConfirm,
  onClose,
  children,
}: ConfirmationProps) => (
  <Dialog
    title={title}
    isWarning={isDanger}
    isLong={isLong}
    condition={condition}
    onClose={onClose}
    actions={
      <Action
        variant={isDanger ? "danger" : "primary"}
        isBusy={isBusy}
        isOff={isDisabled}
        onClick={onConfirm}
      >
        {confirm}
      </Action>
    }
  >
    {children}
  </Dialog>
);
