import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router-dom";
import { session } from "../session/session";
import { Action } from "./Action";
import { Dialog } from "./Dialog";

/** The forms on the page. React Router asks only the blocker that was added last (6.30), so each answers for all forms. */
const forms = new Set<() => boolean>();

/** Asks before a page with unsaved changes is left. */
export const UnsavedChanges = ({ when }: { when: () => boolean }) => {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname &&
      [...forms].some((isUnsaved) => isUnsaved()) &&
      !session.isLeaving(),
  );
  useEffect(() => {
    forms.add(when);
    return () => {
      forms.delete(when);
    };
  }, [when]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (when() && !session.isLeaving()) {
        event.preventDefault();
      }
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [when]);
  if (blocker.state !== "blocked") {
    return null;
  }
  return (
    <Dialog
      isWarning
      title={t("unsavedChanges")}
      onClose={() => blocker.reset()}
      closeText={t("stay")}
      actions={<Action onClick={() => blocker.proceed()}>{t("leaveWithoutSaving")}</Action>}
    >
      {t("unsavedChangesDescription")}
    </Dialog>
  );
};
