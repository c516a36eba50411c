import { ClipboardCopy } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";

/** A value to copy. */
export const CopyField = ({ label, value }: { label: string; value: string }) => {
  const { t } = useTranslation();
  return (
    <ClipboardCopy isReadOnly hoverTip={t("copy")} clickTip={t("copied")} textAriaLabel={label}>
      {value}
    </ClipboardCopy>
  );
};
