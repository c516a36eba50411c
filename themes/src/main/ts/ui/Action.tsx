import { Button, type ButtonProps } from "@patternfly/react-core";

type ActionProps = Omit<ButtonProps, "isDisabled" | "isAriaDisabled" | "isLoading"> & {
  /** Shows progress, and does nothing when pressed again. */
  isBusy?: boolean;
  /** Does nothing when pressed. */
  isOff?: boolean;
};

/** A button that keeps the focus while it is busy or off; browsers take the focus away from a disabled one. */
export const Action = ({ isBusy = false, isOff = false, ...props }: ActionProps) => (
  <Button {...props} {...(isBusy && { isLoading: true })} isAriaDisabled={isBusy || isOff} />
);
