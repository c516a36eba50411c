import { onlineManager } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ApiError, isUnreachable } from "../api/errors";
import { session, SessionExpired } from "../session/session";
import { useAlerts } from "./Alerts";
import { useErrorText } from "./errorText";

const NETWORK = "network";

/**
 * Reports a refused change: asks for a step-up, shows an error of a field below that field, which gets the focus, and
 * everything else above the form's buttons or, without a form, in a message. A lost connection is reported until it is back.
 */
export const useReport = <T extends FieldValues>(form?: UseFormReturn<T>) => {
  const { addAlert } = useAlerts();
  const text = useErrorText();

  useEffect(
    () =>
      onlineManager.subscribe((online) => {
        if (online && form?.getFieldState("root" as FieldPath<T>).error?.type === NETWORK) {
          form.clearErrors("root");
        }
      }),
    [form],
  );

  return useCallback(
    (error: unknown) => {
      if (error instanceof SessionExpired) {
        return;
      }
      if (error instanceof ApiError && error.needsStepUp) {
        session.needsStepUp();
        return;
      }
      const ofFields =
        form && error instanceof ApiError
          ? error.fieldErrors.filter(({ field }) => field in form.getValues())
          : [];
      ofFields.forEach(({ field, message }, index) =>
        form?.setError(field as FieldPath<T>, { type: "server", message }, { shouldFocus: index === 0 }),
      );
      if (ofFields.length > 0) {
        return;
      }
      const isNetwork = isUnreachable(error);
      if (form) {
        form.setError("root", { type: isNetwork ? NETWORK : "server", message: text(error) });
      } else {
        addAlert(text(error), { variant: "danger", untilOnline: isNetwork });
      }
    },
    [addAlert, form, text],
  );
};
