import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
// Chunks, so that no test waits for them to be compiled.
import "../../main/ts/accounts/AccountPage";
import "../../main/ts/users/BulkDialog";
import { open, refusal, UMA } from "./console";

const BULK = "POST /accounts/acme/users/bulk";
const BEN = { ...UMA, id: "ben", username: "ben@acme.example", firstName: "Ben", lastName: "Miller" };

type Sent = { call: string; query: URLSearchParams; body: unknown };

const row = (id: string, outcome: string, more: object = {}) => ({
  id,
  name: id,
  outcome,
  errors: [],
  ...more,
});
const report = (changed: number, users: object[], more: object = {}) => ({
  dryRun: true,
  action: "assign",
  total: users.length,
  changed,
  users,
  ...more,
});

/** Opens the list; the function answers the calls for many users in turn. */
const bulk = (answer: (sent: Sent) => object | (() => Response), answers: object = {}) => {
  const opened = open("/users", {
    "GET /accounts/acme/users": { total: 2, users: [UMA, BEN] },
    [BULK]: () => {
      const response = answer(opened.sent.filter(({ call }) => call === BULK).at(-1) as Sent);
      return typeof response === "function" ? (response as () => Response)() : Response.json(response);
    },
    ...answers,
  });
  return opened;
};

const select = async (person: ReturnType<typeof open>["person"], name: string) =>
  person.click(await screen.findByRole("checkbox", { name: `Select ${name}` }));

describe("many users at once", () => {
  it("are assigned a company after a check", async () => {
    const { person, written } = bulk(() => report(1, [row("uma", "valid"), row("ben", "unchanged")]));
    await person.click(await screen.findByRole("checkbox", { name: "Select all rows shown" }));
    expect(screen.getByText("2 users selected")).toBeTruthy();
    await person.click(screen.getByRole("button", { name: "Assign companies" }));
    const dialog = await screen.findByRole("dialog", { name: /Assign companies to 2 users/ });
    expect(written()).toEqual([]);
    await person.click(within(dialog).getByLabelText("NZ"));
    expect(await within(dialog).findByText("Checked: 1 user will be changed")).toBeTruthy();
    expect(within(dialog).getByText("1 user already has these companies.")).toBeTruthy();
    await person.click(within(dialog).getByRole("button", { name: "Assign to 1 user" }));
    expect(await screen.findByText("Companies were assigned to 1 user")).toBeTruthy();
    const body = { action: "assign", users: ["uma", "ben"], companies: ["nz"] };
    expect(written()).toMatchObject([{ body }, { body }]);
    expect(written().map(({ query }) => query.get("dryRun"))).toEqual(["true", "false"]);
    expect(screen.queryByText("2 users selected")).toBeNull();
  });

  it("are changed all or none: users who cannot be changed are named and can be left out", async () => {
    const { person, written } = bulk(({ body }) =>
      (body as { users: string[] }).users.includes("ben")
        ? report(
            0,
            [
              row("uma", "valid"),
              row("ben", "invalid", { errors: [{ errorMessage: "Only users have companies." }] }),
            ],
            { errorMessage: "Nothing was changed because one user cannot be changed." },
          )
        : report(1, [row("uma", "valid")]),
    );
    await select(person, "Uma Underwood");
    await select(person, "Ben Miller");
    await person.click(screen.getByRole("button", { name: "Assign companies" }));
    const dialog = await screen.findByRole("dialog");
    await person.click(within(dialog).getByLabelText("NZ"));
    expect(await within(dialog).findByText("Only users have companies.")).toBeTruthy();
    const assign = within(dialog).getByRole("button", { name: "Assign" });
    expect(assign.getAttribute("aria-disabled")).toBe("true");
    await person.click(within(dialog).getByRole("button", { name: "Continue without this user" }));
    expect(await within(dialog).findByRole("button", { name: "Assign to 1 user" })).toBeTruthy();
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
    expect(dialog.contains(document.activeElement)).toBe(true);
    expect(written().at(-1)?.body).toMatchObject({ users: ["uma"] });
  });

  it("are disabled after all links that stop have been listed, by user", async () => {
    const link = { id: "1", user: "uma", kind: "proxy", name: "Warehouse", status: "active" };
    const { person, written } = bulk(() =>
      report(
        2,
        [row("uma", "valid", { name: "Uma Underwood", links: [link] }), row("ben", "valid", { links: [] })],
        {
          linksComplete: true,
        },
      ),
    );
    await person.click(await screen.findByRole("checkbox", { name: "Select all rows shown" }));
    await person.click(screen.getByRole("button", { name: "Disable" }));
    const dialog = await screen.findByRole("dialog", { name: /Disable 2 user accounts/ });
    expect(await within(dialog).findByText("1 Wise-Pay link will stop working")).toBeTruthy();
    expect(within(dialog).getByText("Proxy: Warehouse").closest(".wise-sync-kind")?.textContent).toContain(
      "Uma Underwood",
    );
    const disable = within(dialog).getByRole("button", { name: "Disable 2 user accounts" });
    await person.click(disable);
    expect(written()).toHaveLength(1);
    await person.click(within(dialog).getByLabelText(/^I understand/));
    await person.click(disable);
    expect(await screen.findByText("2 user accounts were disabled")).toBeTruthy();
  });

  it("are disabled only after a warning if Wise-Pay does not answer", async () => {
    const { person } = bulk(() => report(1, [row("uma", "valid")], { linksComplete: false }));
    await select(person, "Uma Underwood");
    await person.click(screen.getByRole("button", { name: "Disable" }));
    expect(await screen.findByText("Wise-Pay did not answer for every user")).toBeTruthy();
    expect(screen.getByLabelText(/^I understand/)).toBeTruthy();
  });
});

describe("all users who match the filters", () => {
  const MANY = Array.from({ length: 620 }, (_, index) => ({
    ...UMA,
    id: `u${index}`,
    username: `u${index}@acme.example`,
  }));

  it("are read page by page and changed 500 at a time; a second try continues with the rest", async () => {
    let failing = true;
    const opened = open("/users?role=user", {
      "GET /accounts/acme/users": () => {
        const query = opened.sent.at(-1)?.query;
        const first = Number(query?.get("first"));
        const users = MANY.slice(first, first + Number(query?.get("max")));
        return Promise.resolve(Response.json({ total: MANY.length, users }));
      },
      [BULK]: () => {
        const { query, body } = opened.sent.at(-1) as Sent;
        const { users } = body as { users: string[] };
        if (query.get("dryRun") === "false" && users.length < 500 && failing) {
          return refusal(503, { errorMessage: "Busy." })();
        }
        return Response.json(
          report(
            users.length,
            users.map((id) => row(id, "valid")),
          ),
        );
      },
    });
    const { person, written } = opened;
    const [first] = await screen.findAllByRole("checkbox", { name: "Select Uma Underwood" });
    await person.click(first as HTMLElement);
    await person.click(screen.getByRole("button", { name: "Select all 620" }));
    await person.click(screen.getByRole("button", { name: "Send invitation again" }));
    const dialog = await screen.findByRole("dialog");
    const send = await within(dialog).findByRole("button", { name: "Send 620 invitations" });
    expect(within(dialog).getByText(/^More than 500 users are changed in groups/)).toBeTruthy();
    await person.click(send);
    expect(await within(dialog).findByText(/^500 users were changed before an error occurred/)).toBeTruthy();
    failing = false;
    expect(within(dialog).queryByText(/^More than 500 users/)).toBeNull();
    await person.click(await within(dialog).findByRole("button", { name: "Send 120 invitations" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const real = written().filter(({ query }) => query.get("dryRun") === "false");
    expect(real.map(({ body }) => (body as { users: string[] }).users.length)).toEqual([500, 120, 120]);
    expect(new Set(real.flatMap(({ body }) => (body as { users: string[] }).users)).size).toBe(620);
  });
});

it("speaks of one user when one is disabled, and of several users otherwise", async () => {
  const { person } = bulk(({ body }) => {
    const { users } = body as { users: string[] };
    return report(
      users.length,
      users.map((id) => row(id, "valid")),
      { action: "disable" },
    );
  });
  await select(person, "Uma Underwood");
  await person.click(screen.getByRole("button", { name: "Disable" }));
  const dialog = within(await screen.findByRole("dialog", { name: /Disable 1 user account\?/ }));
  expect(dialog.getByText(/^The user is logged out at once/)).toBeTruthy();
  expect(await dialog.findByText(/^This user has no active Wise-Pay links/)).toBeTruthy();
  await person.click(dialog.getByRole("button", { name: "Cancel" }));
  await select(person, "Ben Miller");
  await person.click(screen.getByRole("button", { name: "Disable" }));
  const both = within(await screen.findByRole("dialog", { name: /Disable 2 user accounts\?/ }));
  expect(both.getByText(/^The users are logged out at once/)).toBeTruthy();
  expect(await both.findByText(/^These users have no active Wise-Pay links/)).toBeTruthy();
});

it("assigns a company to every user from the account page", async () => {
  const { person, written, sent } = open("/account", {
    "GET /accounts/acme": {
      id: "acme",
      name: "Acme MSP",
      twoFactorMode: "required",
      enabled: true,
      warnings: [],
    },
    [BULK]: report(1, [row("uma", "valid")]),
  });
  const nz = (await screen.findAllByText("NZ"))[0]?.closest("tr") as HTMLElement;
  await person.click(within(nz).getByRole("button", { name: "Assign to all users" }));
  const dialog = await screen.findByRole("dialog", { name: /Assign NZ to all users/ });
  await person.click(await within(dialog).findByRole("button", { name: "Assign to 1 user" }));
  expect(await screen.findByText("Companies were assigned to 1 user")).toBeTruthy();
  expect(written()).toHaveLength(2);
  expect(sent.some(({ query }) => query.get("role") === "user")).toBe(true);
});
