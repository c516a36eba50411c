import { onlineManager } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, isUnreachable, NotLoaded } from "../api/errors";
import { SessionExpired } from "../session/session";

/** Describes an error to the user: in the words of the API, if it sent any. */
export const useErrorText = () => {
  const { t } = useTranslation();
  return useCallback(
    (error: unknown): string => {
      if (error instanceof SessionExpired) {
        return t("sessionExpired");
      }
      if (error instanceof ApiError && error.message) {
        return error.message;
      }
      if (error instanceof NotLoaded) {
        return t("notLoaded");
      }
      if (isUnreachable(error)) {
        // While the browser is offline, a banner says the rest.
        return onlineManager.isOnline() ? t("networkLost") : t("serverUnreachable");
      }
      return t("somethingWentWrongDescription");
    },
    [t],
  );
};
