import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "./profile";

/** The names of fields, as the form has them. */
export const useFieldNames = () => {
  const { t } = useTranslation();
  return useCallback(
    (fields: readonly Field[]) => {
      const names: Record<Field, string> = {
        role: t("role"),
        companies: t("companies"),
        firstName: t("firstName"),
        lastName: t("lastName"),
        email: t("email"),
        username: t("username"),
      };
      return fields.map((field) => names[field]).join(", ");
    },
    [t],
  );
};
