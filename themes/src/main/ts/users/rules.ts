import { useTranslation } from "react-i18next";
import type { TextRules } from "../ui/fields";

export const PASSWORD_LENGTH = 6;

// Refuses only what certainly is no email address; the API decides.
const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+$/;

export const useRules = () => {
  const { t } = useTranslation();
  const required = (message: string): TextRules => ({
    required: message,
    validate: (value: string) => value.trim() !== "" || message,
  });
  return {
    required,
    /** For the first name: people with one name have no second one to enter. */
    oneName: (lastName: () => string): TextRules => ({
      validate: (value: string) => value.trim() !== "" || lastName().trim() !== "" || t("enterOneName"),
    }),
    email: {
      required: t("invalidEmail"),
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
