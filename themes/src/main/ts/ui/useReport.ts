import { useAlerts } from "@keycloak/keycloak-ui-shared";
import { AlertVariant } from "@patternfly/react-core";
import { useCallback } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ApiError } from "../api/errors";
import { session, SessionExpired } from "../session/session";
import { useErrorText } from "./errorText";

/**
 * What to do about a refused change: a step-up is asked for, an error of a field stands beside that field, which gets the
 * focus, and everything else is said above the form, or, where there is none, in an alert.
 */
export const useReport = <T extends FieldValues>(form?: UseFormReturn<T>) => {
  const { addAlert } = useAlerts();
  const text = useErrorText();
  return useCallback(
    (error: unknown) => {
      if (error instanceof SessionExpired) {
        return;
      }
      if (error instanceof ApiError && error.needsStepUp) {
        session.needsStepUp();
        return;
      }
      const beside =
        form && error instanceof ApiError
          ? error.fieldErrors.filter(({ field }) => field in form.getValues())
          : [];
      beside.forEach(({ field, message }, index) =>
        form?.setError(field as FieldPath<T>, { type: "server", message }, { shouldFocus: index === 0 }),
      );
      if (beside.length > 0) {
        return;
      }
      if (form) {
        form.setError("root", { type: "server", message: text(error) });
      } else {
        addAlert(text(error), AlertVariant.danger);
      }
    },
    [addAlert, form, text],
  );
};
