import "./network";
import { cleanup, configure } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { afterEach, beforeEach } from "vitest";
import en from "../../main/ts/messages/en.json";

// The values that Keycloak puts into the page.
const environment = document.createElement("script");
environment.id = "environment";
environment.type = "application/json";
environment.textContent = JSON.stringify({
  serverBaseUrl: "http://localhost:3000",
  adminBaseUrl: "http://localhost:3000",
  realm: "wise-sync",
  clientId: "security-admin-console",
  resourceUrl: "/resources/abcde/admin/wise-sync",
  consoleBaseUrl: "/admin/wise-sync/console/",
  logo: "",
  logoUrl: "",
  darkMode: true,
  resourceVersion: "abcde",
});
document.body.append(environment);

await i18next.use(initReactI18next).init({
  lng: "en",
  resources: { en: { translation: en } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

// On a busy machine, a chunk may take longer than the default of one second.
configure({ asyncUtilTimeout: 15_000 });

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

afterEach(cleanup);
