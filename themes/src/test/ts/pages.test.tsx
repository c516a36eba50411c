import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ADMIN, open, UMA, USER } from "./console";

const sixtySeven = (call: { query: URLSearchParams }[]) => () => {
  const first = Number(call.at(-1)?.query.get("first"));
  return Promise.resolve(Response.json({ total: 67, users: first < 67 ? [UMA] : [] }));
};

it("shows the last page if the address names a later one", async () => {
  const sent: { query: URLSearchParams }[] = [];
  const opened = open("/users?page=99", { "GET /accounts/acme/users": () => sixtySeven(opened.sent)() });
  sent.push(...opened.sent);
  expect(await screen.findByRole("link", { name: "uma@acme.example" })).toBeTruthy();
  expect(opened.router.state.location.search).toBe("?page=4");
  const asked = opened.sent.filter(({ call }) => call === "GET /accounts/acme/users");
  expect(asked.map(({ query }) => query.get("first"))).toEqual(["1960", "60"]);
  expect(screen.queryByText(/1961/)).toBeNull();
});

it.each([
  ["/accounts?page=9", "GET /accounts", { total: 1, accounts: [] }],
  ["/deactivations?page=9", "GET /deactivations", { total: 1, deactivations: [] }],
])("does so in every list: %s", async (place, call, answer) => {
  const { router } = open(place, {
    "GET /me": { ...ADMIN, role: undefined, account: undefined, staff: true },
    [call]: answer,
  });
  await waitFor(() => expect(router.state.location.search).toBe("?page=1"));
});

it("shows a long name in full in a tooltip", async () => {
  const name = "W".repeat(255);
  const account = { ...ADMIN, account: { ...ADMIN.account, name } };
  const company = { id: "au", name, package: "xero", users: 1 };
  const person = { ...UMA, firstName: name, lastName: "", username: `${name}@acme.example` };
  const answers = {
    "GET /me": { ...account, username: name },
    "GET /accounts/acme/companies": [company],
    "GET /accounts/acme/users": { total: 1, users: [person] },
    [`GET ${USER}`]: person,
    "GET /accounts/acme/activity": [],
  };
  open("/users?company=au", answers);
  const link = await screen.findByRole("link", { name: person.username });
  expect(within(link).getByTitle(person.username)).toBeTruthy();
  expect(screen.getByRole("button", { name: `Company: ${name}` }).title).toBe(name);
  // The filter, the user who is logged in, and in the row the name and the company.
  expect(screen.getAllByTitle(name)).toHaveLength(4);
  cleanup();
  open("/users/uma", answers);
  expect((await screen.findByRole("heading", { level: 1, name })).title).toBe(name);
  expect(within(screen.getByRole("navigation", { name: "Breadcrumb" })).getByTitle(name)).toBeTruthy();
  cleanup();
  open("/activity?user=uma", answers);
  expect((await screen.findByRole("button", { name: `User: ${person.username}` })).title).toBe(
    person.username,
  );
});

it("has one paginator, and none if everything fits on one page", async () => {
  const { router } = open("/users", { "GET /accounts/acme/users": { total: 2, users: [UMA] } });
  await screen.findByText("2 users");
  expect(screen.queryByRole("button", { name: "Go to next page" })).toBeNull();
  expect(router.state.location.search).toBe("");
});

it("keeps the head of the page while its rows are loading", async () => {
  open("/users", { "GET /accounts/acme/users": () => new Promise<Response>(() => undefined) });
  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
  expect(screen.getByRole("grid").getAttribute("aria-busy")).toBe("true");
  expect(screen.getByText("Loading")).toBeTruthy();
});
