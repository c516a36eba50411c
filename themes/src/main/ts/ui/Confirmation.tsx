import { Button, Modal, ModalVariant } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type ConfirmationProps = {
  title: string;
  confirm: string;
  isDanger?: boolean;
  isBusy?: boolean;
  isDisabled?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A question before something that can't be taken back. */
export const Confirmation = ({
  title,
  confirm,
  isDanger = false,
  isBusy = false,
  isDisabled = false,
  onConfirm,
  onClose,
  children,
}: ConfirmationProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      isOpen
      variant={ModalVariant.small}
      title={title}
      {...(isDanger && { titleIconVariant: "warning" as const })}
      onClose={onClose}
      actions={[
        <Button
          key="confirm"
          variant={isDanger ? "danger" : "primary"}
          isLoading={isBusy}
          isDisabled={isBusy || isDisabled}
          onClick={onConfirm}
        >
          {confirm}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      {children}
    </Modal>
  );
};
