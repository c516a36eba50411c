import { Banner } from "@patternfly/react-core";
import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

export const Offline = () => {
  const { t } = useTranslation();
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status">
      {!online && (
        <Banner variant="gold" screenReaderText={t("variantWarning")}>
          {t("networkLost")}
        </Banner>
      )}
    </div>
  );
};
