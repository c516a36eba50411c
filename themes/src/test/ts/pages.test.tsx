import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { ADMIN, open, UMA } from "./console";

const sixtySeven = (call: { query: URLSearchParams }[]) => () => {
  const first = Number(call.at(-1)?.query.get("first"));
  return Promise.resolve(Response.json({ total: 67, users: first < 67 ? [UMA] : [] }));
};

it("goes to the last page when the one in the address is beyond it", async () => {
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

it("has one paginator, and none where everything fits on a page", async () => {
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
