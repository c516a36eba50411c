import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { onTestFinished, vi } from "vitest";
import type { Account, Company, User } from "../../main/ts/api/client";
import { routes } from "../../main/ts/routes";
import { keycloak } from "../../main/ts/session/keycloak";
import { keepFocus } from "../../main/ts/ui/keepFocus";
import { network } from "./network";
import { REALM_ROLES } from "./realmRoles";

/** The response of the API to a call, or a function that gives it. */
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

export const ACCOUNT: Account = {
  id: "acme",
  name: "Acme MSP",
  alias: "acme-msp",
  psa: "autotask",
  twoFactorMode: "required",
  enabled: true,
  companies: 3,
  warnings: [],
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

/** An account with three companies and the user Uma; a test overrides what is different. */
const usual: Record<string, Answer> = {
  "GET /me": ADMIN,
  "GET /roles": REALM_ROLES,
  "GET /accounts/acme": ACCOUNT,
  "GET /accounts/acme/companies": COMPANIES,
  "GET /accounts/acme/users": { total: 1, users: [UMA] },
  [`GET ${USER}`]: UMA,
  [`GET ${USER}/activity`]: [],
};

const isJson = ({ headers }: Request) => !headers.get("Content-Type")?.startsWith("text/csv");

/** Opens the console at an address, over an API that responds as given; returns what was sent to it. */
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
    return path.endsWith("/details") && !(call in answers)
      ? details(path.replace(/\/details$/, ""))
      : respond(call);
  };
  const respond = async (call: string, otherwise?: Answer) => {
    const answer = { ...usual, ...answers }[call] ?? otherwise;
    if (answer === undefined) {
      throw new Error(`No response given for ${call}`);
    }
    return typeof answer === "function"
      ? (answer as () => Response | Promise<Response>)()
      : new Response(JSON.stringify(answer), {
          headers: { "Content-Type": "application/json", ETag: '"1"' },
        });
  };
  /** As the API does: the user, and the answers of three other calls, which are empty unless a test says otherwise. */
  const details = async (user: string) => {
    const response = await respond(`GET ${user}`);
    const parts = { devices: "two-factor", sessions: "sessions", deactivations: "deactivations" };
    const body: Record<string, unknown> = { user: response.ok && (await response.json()) };
    for (const [name, path] of Object.entries(parts)) {
      body[name] = await (await respond(`GET ${user}/${path}`, [])).json();
    }
    return response.ok ? new Response(JSON.stringify(body), response) : response;
  };
  vi.spyOn(keycloak, "updateToken").mockResolvedValue(false);
  keycloak.token = "token";
  keycloak.idTokenParsed = { auth_time: Date.now() / 1000 };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(routes, { initialEntries: [place] });
  onTestFinished(keepFocus());
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const written = () => sent.filter(({ call }) => !call.startsWith("GET"));
  return { person: userEvent.setup(), sent, written, router };
};
