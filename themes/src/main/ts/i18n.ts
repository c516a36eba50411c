import type en from "./messages/en.json";

export type Messages = typeof en;
export type Language = "en" | "de";

const bundles: Record<Language, () => Promise<Messages>> = {
  en: () => import("./messages/en.json").then((bundle) => bundle.default),
  de: () => import("./messages/de.json").then((bundle) => bundle.default),
};

const REMEMBERED = "wise-sync.language";

const known = (tag: string | null | undefined): Language | undefined => {
  const language = tag?.split("-")[0]?.toLowerCase();
  return language === "en" || language === "de" ? language : undefined;
};

/** The language to begin with, before anyone knows who logs in. */
export const language = (): Language =>
  known(localStorage.getItem(REMEMBERED)) ?? navigator.languages.map(known).find((found) => found) ?? "en";

/** The person's own choice, from their ID token; true when it differs from what was begun with. */
export const remember = (locale: string | undefined): boolean => {
  const before = language();
  const own = known(locale);
  if (own) {
    localStorage.setItem(REMEMBERED, own);
  } else {
    localStorage.removeItem(REMEMBERED);
  }
  return language() !== before;
};

const loaded = new Map<Language, Promise<Messages>>();

/** Only the language in use; Keycloak's own bundle for its console is 0.7 MB. */
export const loadMessages = (): Promise<Messages> => {
  const wanted = language();
  const bundle = loaded.get(wanted) ?? bundles[wanted]();
  loaded.set(wanted, bundle);
  return bundle;
};
