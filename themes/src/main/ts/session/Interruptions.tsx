import { Button, Modal, ModalVariant } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { session, useInterruption } from "./session";

/** Asks for the one login that an ended session, or a step-up, needs. What is typed comes back with the person. */
export const Interruptions = () => {
  const { t } = useTranslation();
  const interruption = useInterruption();
  const [isLeaving, setLeaving] = useState(false);
  if (!interruption) {
    return null;
  }
  const expired = interruption === "expired";
  return (
    <Modal
      isOpen
      variant={ModalVariant.small}
      title={expired ? t("sessionExpired") : t("stepUp")}
      {...(expired ? { showClose: false } : { onClose: session.dismiss })}
      actions={[
        <Button
          key="again"
          variant="primary"
          isLoading={isLeaving}
          isDisabled={isLeaving}
          onClick={() => {
            setLeaving(true);
            void session.logInAgain();
          }}
        >
          {t("logInAgain")}
        </Button>,
        ...(expired
          ? []
          : [
              <Button key="cancel" variant="link" onClick={session.dismiss}>
                {t("cancel")}
              </Button>,
            ]),
      ]}
    >
      {expired ? t("sessionExpiredDescription") : t("stepUpDescription")}
    </Modal>
  );
};
