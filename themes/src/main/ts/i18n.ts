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

/** The language of the first page, before the user is known. */
export const language = (): Language =>
  known(localStorage.getItem(REMEMBERED)) ?? navigator.languages.map(known).find((found) => found) ?? "en";

/** Keeps the user's own language, from the ID token; true if it differs from the one used so far. */
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

/** Loads only the language in use; the bundle of Keycloak's own console is 0.7 MB. */
export const loadMessages = (): Promise<Messages> => {
  const wanted = language();
  const bundle = loaded.get(wanted) ?? bundles[wanted]();
  loaded.set(wanted, bundle);
  return bundle;
};
