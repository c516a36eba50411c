import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Action } from "../ui/Action";
import { Dialog, focusedFirst } from "../ui/Dialog";
import { session, useInterruption } from "./session";

/** Asks for the login that an ended session, or a step-up, needs. Unsaved input is there again afterwards. */
export const Interruptions = () => {
  const { t } = useTranslation();
  const interruption = useInterruption();
  const [isLeaving, setLeaving] = useState(false);
  if (!interruption) {
    return null;
  }
  const expired = interruption === "expired";
  return (
    <Dialog
      key={interruption}
      title={expired ? t("sessionExpired") : t("stepUp")}
      {...(!expired && { onClose: session.dismiss })}
      actions={
        <Action
          {...(expired && focusedFirst)}
          isBusy={isLeaving}
          onClick={() => {
            setLeaving(true);
            void session.logInAgain();
          }}
        >
          {t("logInAgain")}
        </Action>
      }
    >
      {expired ? t("sessionExpiredDescription") : t("stepUpDescription")}
    </Dialog>
  );
};
