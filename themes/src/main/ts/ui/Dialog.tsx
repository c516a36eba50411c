import { Button, Modal } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type DialogProps = {
  title: string;
  description?: ReactNode;
  size?: "small" | "medium" | "large";
  isWarning?: boolean;
  /** Called by the button "Cancel" and by Escape; without it the dialog cannot be cancelled. */
  onClose?: () => void;
  /** Words for "Cancel". */
  closeText?: string;
  /** The buttons before "Cancel". */
  actions?: ReactNode;
  /** What enables an action: always visible next to it, while the rest scrolls. */
  condition?: ReactNode;
  /** Whether the content may be longer than the window: then it can be scrolled with the keyboard. */
  isLong?: boolean;
  /** The id of the field that gets the focus, instead of "Cancel"; a selector may follow. */
  focus?: string;
  children: ReactNode;
};

const FOCUSED_FIRST = "wise-sync-focused-first";

/** Marks the action that gets the focus in a dialog that cannot be cancelled. */
export const focusedFirst = { className: FOCUSED_FIRST };

/**
 * A dialog. "Cancel" has the focus first: the action that changes nothing. There is no "x", which PatternFly 5 names in
 * English only.
 */
export const Dialog = ({
  title,
  description,
  size = "small",
  isWarning = false,
  onClose,
  closeText,
  actions,
  condition,
  isLong = false,
  focus,
  children,
}: DialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      isOpen
      variant={size}
      // A long name is cut after three lines: on a low screen it would push the buttons out of sight.
      title={
        <span className="wise-sync-title" title={title}>
          {title}
        </span>
      }
      {...(description !== undefined && { description })}
      {...(isWarning && { titleIconVariant: "warning" as const, titleLabel: `${t("variantWarning")}:` })}
      {...(isLong && { bodyAriaLabel: title, tabIndex: 0 })}
      showClose={false}
      elementToFocus={focus ? `#${focus}` : `.${FOCUSED_FIRST}`}
      {...(onClose && { onClose })}
      footer={
        <div className="wise-sync-dialog-footer">
          {condition}
          <div className="wise-sync-actions">
            {actions}
            {onClose && (
              <Button variant="link" className={FOCUSED_FIRST} onClick={onClose}>
                {closeText ?? t("cancel")}
              </Button>
            )}
          </div>
        </div>
      }
    >
      {children}
    </Modal>
  );
};
