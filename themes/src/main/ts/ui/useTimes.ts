import { useCallback } from "react";
import { language } from "../i18n";

/** The browser's regional variant of the language in use: it decides between 12 and 24 hours. */
const region = () => {
  const used = language();
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(used)) ?? used;
};

/** Formats a point in time: always with its date. */
export const useTimes = () =>
  useCallback(
    (iso: string) =>
      new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso)),
    [],
  );

/** Formats a date (`yyyy-MM-dd`) that has no time. */
export const useDates = () =>
  useCallback(
    (date: string) =>
      new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(date)),
    [],
  );
