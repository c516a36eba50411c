import { Button, Modal, ModalVariant } from "@patternfly/react-core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router-dom";
import { session } from "../session/session";

/** Nobody leaves a page with unsaved changes without being asked. */
export const UnsavedChanges = ({ when }: { when: () => boolean }) => {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && when() && !session.isLeaving(),
  );
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
    <Modal
      isOpen
      variant={ModalVariant.small}
      title={t("unsavedChanges")}
      titleIconVariant="warning"
      onClose={() => blocker.reset()}
      actions={[
        <Button key="stay" variant="primary" onClick={() => blocker.reset()}>
          {t("stay")}
        </Button>,
        <Button key="leave" variant="link" onClick={() => blocker.proceed()}>
          {t("leaveWithoutSaving")}
        </Button>,
      ]}
    >
      {t("unsavedChangesDescription")}
    </Modal>
  );
};
