import { useTranslation } from "react-i18next";
import type { TextRules } from "../ui/fields";

export const PASSWORD_LENGTH = 6;

// Only what surely is none: the API has the last word.
const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+$/;

export const useRules = () => {
  const { t } = useTranslation();
  return {
    required: {
      required: t("required"),
      validate: (value: string) => value.trim() !== "" || t("required"),
    } as TextRules,
    email: {
      required: t("required"),
      validate: (value: string) => LOOKS_LIKE_EMAIL.test(value.trim()) || t("invalidEmail"),
    } as TextRules,
    password: {
      required: t("passwordTooShort"),
      minLength: { value: PASSWORD_LENGTH, message: t("passwordTooShort") },
    } as TextRules,
    sameAs: (other: () => string): TextRules => ({
      validate: (value: string) => value === other() || t("passwordsDiffer"),
    }),
  };
};
