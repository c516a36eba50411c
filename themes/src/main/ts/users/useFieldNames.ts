import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "./profile";

/** The names of fields, as the form has them; a field that no form has keeps the API's name. */
export const useFieldNames = () => {
  const { t } = useTranslation();
  return useCallback(
    (fields: readonly string[]) => {
      const names: Record<Field | "password", string> = {
        role: t("role"),
        companies: t("companies"),
        firstName: t("firstName"),
        lastName: t("lastName"),
        email: t("email"),
        username: t("username"),
        password: t("password"),
      };
      return fields.map((field) => (field in names ? names[field as Field] : field)).join(", ");
    },
    [t],
  );
};
