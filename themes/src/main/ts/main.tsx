import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import i18next from "i18next";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { initReactI18next } from "react-i18next";
import { createHashRouter, RouterProvider } from "react-router-dom";
import { isUnreachable } from "./api/errors";
import { language, loadMessages, remember, type Messages } from "./i18n";
import { routes } from "./routes";
import { keycloak } from "./session/keycloak";
import { session } from "./session/session";
import { keepFocus } from "./ui/keepFocus";
// After all styles of PatternFly, which it changes.
import "./wise-sync.css";

export const queryClient = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A request that the API refused would be refused again.
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
    // React escapes already.
    interpolation: { escapeValue: false },
  });
  const container = document.getElementById("app");
  if (!container) {
    throw new Error("The page has no #app");
  }
  keepFocus();
  const router = createHashRouter(routes);
  createRoot(container).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
};
