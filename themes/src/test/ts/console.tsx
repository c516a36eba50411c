import { ErrorBoundaryProvider, KeycloakProvider } from "@keycloak/keycloak-ui-shared";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type Keycloak from "keycloak-js";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { vi } from "vitest";
import type { Company, User } from "../../main/ts/api/client";
import { environment } from "../../main/ts/environment";
import { routes } from "../../main/ts/routes";
import { keycloak } from "../../main/ts/session/keycloak";
import { network } from "./network";

/** What the API answers to a call, or how. */
type Answer = object | (() => Response | Promise<Response>);

export const refusal =
  (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json", ...headers },
    });

export const ADMIN = {
  id: "ada",
  username: "ada@acme.example",
  role: "account-admin",
  account: { id: "acme", name: "Acme MSP", psa: "autotask" },
  permissions: [],
  staff: false,
};

export const COMPANIES: Company[] = ["au", "nz", "us"].map((id) => ({
  id,
  name: id.toUpperCase(),
  package: "xero",
  users: 0,
}));

export const UMA: User = {
  id: "uma",
  username: "uma@acme.example",
  email: "uma@acme.example",
  firstName: "Uma",
  lastName: "Underwood",
  role: "user",
  companies: ["au"],
  enabled: true,
  twoFactor: false,
};

export const USER = "/accounts/acme/users/uma";

/** An account of one company, three companies and Uma; a test says what is different. */
const usual: Record<string, Answer> = {
  "GET /me": ADMIN,
  "GET /accounts/acme/companies": COMPANIES,
  "GET /accounts/acme/users": { total: 1, users: [UMA] },
  [`GET ${USER}`]: UMA,
  [`GET ${USER}/deactivations`]: [],
  [`GET ${USER}/activity`]: [],
};

const isJson = ({ headers }: Request) => !headers.get("Content-Type")?.startsWith("text/csv");

/** Opens the console at a place, over an API that answers as it is told; gives what was sent to it. */
export const open = (place: string, answers: Record<string, Answer> = {}) => {
  const sent: { call: string; query: URLSearchParams; body: unknown; headers: Headers }[] = [];
  network.answer = async (request) => {
    if (typeof request === "string") {
      return new Response("", { status: 403 });
    }
    const { pathname, searchParams: query } = new URL(request.url);
    const path = pathname.replace("/admin/realms/wise-sync/wise-sync", "");
    const call = `${request.method} ${path}`;
    const text = await request.text();
    sent.push({
      call,
      query,
      body: isJson(request) ? text && JSON.parse(text) : text,
      headers: request.headers,
    });
    const answer = { ...usual, ...answers }[call];
    if (answer === undefined) {
      throw new Error(`Nobody said what to answer to ${call}`);
    }
    return typeof answer === "function"
      ? (answer as () => Response | Promise<Response>)()
      : new Response(JSON.stringify(answer), {
          headers: { "Content-Type": "application/json", ETag: '"1"' },
        });
  };
  vi.spyOn(keycloak, "updateToken").mockResolvedValue(false);
  keycloak.token = "token";
  keycloak.idTokenParsed = { auth_time: Date.now() / 1000 };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(routes, { initialEntries: [place] });
  render(
    <KeycloakProvider environment={environment} keycloak={keycloak as Keycloak}>
      <ErrorBoundaryProvider>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ErrorBoundaryProvider>
    </KeycloakProvider>,
  );
  const written = () => sent.filter(({ call }) => !call.startsWith("GET"));
  return { person: userEvent.setup(), sent, written, router };
};
