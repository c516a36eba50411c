import { useCallback } from "react";
import { language } from "../i18n";

/** The hour for today, the day as well for before. */
export const useTimes = () =>
  useCallback((iso: string) => {
    const time = new Date(iso);
    const isToday = time.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(language() === "en" ? "en-AU" : language(), {
      timeStyle: "short",
      hour12: false,
      ...(!isToday && { dateStyle: "medium" }),
    }).format(time);
  }, []);
