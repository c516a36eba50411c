import { ErrorBoundaryProvider, KeycloakProvider } from "@keycloak/keycloak-ui-shared";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import i18next from "i18next";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { initReactI18next } from "react-i18next";
import { createHashRouter, RouterProvider } from "react-router-dom";
import { isUnreachable } from "./api/errors";
import { environment } from "./environment";
import { language, loadMessages, remember, type Messages } from "./i18n";
import { routes } from "./routes";
import { keycloak } from "./session/keycloak";
import { session } from "./session/session";
// After everything of PatternFly, which it changes.
import "./wise-sync.css";

export const queryClient = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the API refuses it will refuse again.
      retry: (failures, error) => isUnreachable(error) && failures < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

export const show = async (begun: Messages) => {
  session.begin();
  const messages = remember(keycloak.idTokenParsed?.locale as string | undefined)
    ? await loadMessages()
    : begun;
  document.documentElement.lang = language();
  await i18next.use(initReactI18next).init({
    lng: language(),
    resources: { [language()]: { translation: messages } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes; twice would show entities.
    interpolation: { escapeValue: false },
  });
  const container = document.getElementById("app");
  if (!container) {
    throw new Error("The page has no #app");
  }
  createRoot(container).render(
    <StrictMode>
      <KeycloakProvider environment={environment} keycloak={keycloak}>
        <ErrorBoundaryProvider>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={createHashRouter(routes)} />
          </QueryClientProvider>
        </ErrorBoundaryProvider>
      </KeycloakProvider>
    </StrictMode>,
  );
};
