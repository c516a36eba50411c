import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, onTestFinished, vi } from "vitest";
// Chunks, so that no test waits for them to be compiled.
import "../../main/ts/accounts/AccountPage";
import "../../main/ts/accounts/Accounts";
import "../../main/ts/accounts/Setup";
import { drafts } from "../../main/ts/session/drafts";
import { ADMIN, COMPANIES, open, UMA } from "./console";

const ACME = {
  id: "acme",
  name: "Acme MSP",
  alias: "acme-msp",
  psa: "autotask",
  twoFactorMode: "optional",
  enabled: true,
  companies: 3,
  warnings: [],
};
const ADA = { ...UMA, id: "ada", username: "ada@acme.example", firstName: "Ada", lastName: "Archer" };
const SUPPORT = { ...ADMIN, role: undefined, account: undefined, staff: true };

const account = {
  "GET /accounts/acme": ACME,
  "GET /accounts/acme/companies": COMPANIES.map((company) => ({
    ...company,
    users: company.id === "au" ? 4 : 0,
  })),
  "GET /accounts/acme/users": { total: 1, users: [ADA] },
};

const row = (name: string) => screen.getByText(name).closest("tr") as HTMLElement;

describe("the account page of an account-admin", () => {
  it("shows settings, companies with their users, and administrators", async () => {
    const { sent } = open("/account", account);
    expect(await screen.findByRole("heading", { name: "Acme MSP", level: 1 })).toBeTruthy();
    expect(await screen.findByText("Autotask")).toBeTruthy();
    expect(await screen.findByRole("link", { name: "Ada Archer" })).toBeTruthy();
    expect(within(row("AU")).getByRole("link", { name: "4 users" }).getAttribute("href")).toBe(
      "/users?company=au",
    );
    expect(screen.queryByRole("button", { name: "Disconnect" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Edit account" })).toBeNull();
    const asked = sent.find(({ call }) => call === "GET /accounts/acme/users")?.query;
    expect(asked?.get("role")).toBe("account-admin");
  });

  it("can only make the second factor required", async () => {
    const { person, written } = open("/account", {
      ...account,
      "PUT /accounts/acme/two-factor-mode": { ...ACME, twoFactorMode: "required" },
    });
    await person.click(await screen.findByRole("button", { name: "Require a second factor" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Only support can make it optional again");
    await person.click(within(dialog).getByRole("button", { name: "Require a second factor" }));
    await screen.findByText("Every user now needs a second factor");
    expect(written()).toMatchObject([
      { call: "PUT /accounts/acme/two-factor-mode", body: { mode: "required" } },
    ]);
  });

  it("shows no button if the second factor is required already", async () => {
    open("/account", { ...account, "GET /accounts/acme": { ...ACME, twoFactorMode: "required" } });
    expect(await screen.findByText("Required")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Require a second factor" })).toBeNull();
  });
});

describe("support", () => {
  const asSupport = (place: string, answers = {}) =>
    open(place, { "GET /me": SUPPORT, ...account, ...answers });

  it("creates the first account and opens its page", async () => {
    const { person, written, router } = asSupport("/accounts", {
      "GET /accounts": { total: 0, accounts: [] },
      "POST /accounts": ACME,
    });
    expect(await screen.findByText("No accounts yet")).toBeTruthy();
    await person.click(screen.getByRole("button", { name: "Create account" }));
    const dialog = await screen.findByRole("dialog");
    const create = within(dialog).getByRole("button", { name: "Create account" });
    await person.click(create);
    expect(await within(dialog).findByText("Enter the name of the account")).toBeTruthy();
    expect(within(dialog).getByText("Select a PSA")).toBeTruthy();
    await person.type(within(dialog).getByLabelText(/^Name/), " Acme MSP ");
    await person.click(within(dialog).getByLabelText("Autotask"));
    await person.click(create);
    await waitFor(() => expect(router.state.location.pathname).toBe("/accounts/acme"));
    expect(written()).toMatchObject([
      {
        call: "POST /accounts",
        body: { name: "Acme MSP", psa: "autotask", twoFactorMode: "required", enabled: true },
      },
    ]);
    expect((await screen.findByRole("link", { name: "Create administrator" })).getAttribute("href")).toBe(
      "/accounts/acme/users/new?role=account-admin",
    );
  });

  it("disables an account only after a confirmation", async () => {
    const { person, written } = asSupport("/accounts/acme", { "PUT /accounts/acme": ACME });
    await person.click(await screen.findByRole("button", { name: "Edit account" }));
    const dialog = await screen.findByRole("dialog");
    await person.click(within(dialog).getByLabelText("Enabled"));
    const save = within(dialog).getByRole("button", { name: "Save" });
    await person.click(save);
    expect(written()).toEqual([]);
    await person.click(within(dialog).getByLabelText(/^I understand/));
    await person.click(save);
    await waitFor(() => expect(written()).toHaveLength(1));
    expect(written()[0]).toMatchObject({ call: "PUT /accounts/acme", body: { enabled: false } });
    expect(written()[0]?.headers.get("If-Match")).toBe('"1"');
  });

  it("connects a company under an id that the account does not have", async () => {
    const { person, written } = asSupport("/accounts/acme", {
      "PUT /accounts/acme/companies/nz-2": { id: "nz-2", name: "NZ", package: "myob", users: 0 },
    });
    await person.click(await screen.findByRole("button", { name: "Connect company" }));
    const dialog = await screen.findByRole("dialog");
    await person.type(within(dialog).getByLabelText(/^Name/), "NZ");
    await person.click(within(dialog).getByLabelText("MYOB"));
    const connect = within(dialog).getByRole("button", { name: "Connect company" });
    await person.click(connect);
    expect(await within(dialog).findByText("The account already has a company with this id")).toBeTruthy();
    await person.type(within(dialog).getByLabelText(/^Company id/), "-2");
    await person.click(connect);
    expect(await screen.findByText("NZ was connected")).toBeTruthy();
    expect(written()).toMatchObject([
      { call: "PUT /accounts/acme/companies/nz-2", body: { name: "NZ", package: "myob" } },
    ]);
  });

  it("no longer calls the id of a company wrong once the name has filled it in", async () => {
    const { person } = asSupport("/accounts/acme");
    await person.click(await screen.findByRole("button", { name: "Connect company" }));
    const dialog = await screen.findByRole("dialog");
    const id = within(dialog).getByLabelText(/^Company id/);
    await person.click(within(dialog).getByRole("button", { name: "Connect company" }));
    await waitFor(() => expect(id.getAttribute("aria-invalid")).toBe("true"));
    await person.type(within(dialog).getByLabelText(/^Name/), "Südwest");
    await waitFor(() => expect(id.getAttribute("aria-invalid")).toBe("false"));
    expect((id as HTMLInputElement).value).toBe("sudwest");
  });

  it("shows how many users lose a company, and who has none afterwards", async () => {
    const timers = vi.spyOn(window, "setTimeout");
    onTestFinished(() => timers.mockRestore());
    const { person, written } = asSupport("/accounts/acme", {
      "DELETE /accounts/acme/companies/au": {
        unassigned: 4,
        withoutCompany: ["uma", "bob", "cy", "di", "ed", "fay", "gus"].map((id) => ({
          id,
          username: `${id}@acme.example`,
        })),
      },
    });
    await screen.findByText("AU");
    await person.click(within(row("AU")).getByRole("button", { name: "Disconnect" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("4 users lose access to this company.");
    expect(written()).toEqual([]);
    await person.click(within(dialog).getByRole("button", { name: "Disconnect" }));
    const message = await screen.findByText("AU was disconnected");
    expect(message.textContent).toContain("Warning");
    expect(screen.getByText("7 users have no company any more:")).toBeTruthy();
    expect(screen.getByRole("link", { name: "uma@acme.example" })).toBeTruthy();
    expect(screen.getByText("and 2 more")).toBeTruthy();
    // It stays until it is closed.
    expect(timers.mock.calls.filter(([, delay]) => delay === 6_000 || delay === 20_000)).toEqual([]);
    await person.click(screen.getByRole("button", { name: "Close: AU was disconnected" }));
    expect(screen.queryByText("AU was disconnected")).toBeNull();
  });

  describe("finds its input again after a login", () => {
    /** As if the session had ended: the page is left and opened again. */
    const logInAgain = (place: string, answers = {}) => {
      drafts.saveAll();
      cleanup();
      return asSupport(place, answers);
    };

    it("in the form of a new account", async () => {
      const answers = { "GET /accounts": { total: 1, accounts: [ACME] } };
      const { person } = asSupport("/accounts", answers);
      await person.click(await screen.findByRole("button", { name: "Create account" }));
      await person.type(await screen.findByLabelText(/^Name/), "Globex IT");
      const again = logInAgain("/accounts", answers).person;
      expect(await screen.findByDisplayValue("Globex IT")).toBe(screen.getByLabelText(/^Name/));
      await again.click(screen.getByRole("button", { name: "Cancel" }));
      await again.click(screen.getByRole("button", { name: "Create account" }));
      expect((await screen.findByLabelText<HTMLInputElement>(/^Name/)).value).toBe("");
    });

    it("in the form of an account, over the version that was read before", async () => {
      const { person } = asSupport("/accounts/acme");
      await person.click(await screen.findByRole("button", { name: "Edit account" }));
      await person.type(await screen.findByLabelText(/^Name/), "!");
      const again = logInAgain("/accounts/acme", {
        "GET /accounts/acme": () => Response.json(ACME, { headers: { ETag: '"2"' } }),
        "PUT /accounts/acme": ACME,
      });
      expect(await screen.findByDisplayValue("Acme MSP!")).toBe(screen.getByLabelText(/^Name/));
      await again.person.click(screen.getByRole("button", { name: "Save" }));
      await waitFor(() => expect(again.written()).toMatchObject([{ body: { name: "Acme MSP!" } }]));
      expect(again.written()[0]?.headers.get("If-Match")).toBe('"1"');
    });

    it("in the form of a company", async () => {
      const { person } = asSupport("/accounts/acme");
      await screen.findByText("NZ");
      await person.click(within(row("NZ")).getByRole("button", { name: "Edit" }));
      await person.type(await screen.findByLabelText(/^Name/), " Ltd");
      logInAgain("/accounts/acme");
      const dialog = within(await screen.findByRole("dialog"));
      expect(await dialog.findByDisplayValue("NZ Ltd")).toBe(dialog.getByLabelText(/^Name/));
      expect(dialog.getByText("nz")).toBeTruthy();
    });
  });

  it("sees the problems of the setup first", async () => {
    asSupport("/setup", {
      "GET /setup": [
        { key: "mail", state: "ok", text: "Mail server: OK" },
        { key: "wise-pay", state: "warning", text: "Wise-Pay: not checked yet." },
        { key: "registration", state: "error", text: "User registration: it is enabled. Disable it." },
      ],
    });
    expect(await screen.findByText("2 problems to solve")).toBeTruthy();
    const [, first, , last] = screen.getAllByRole("row");
    expect(first?.textContent).toContain("User registration: it is enabled. Disable it.");
    expect(last?.textContent).toBe("OKMail server");
  });
});

it("preselects the role for the first administrator", async () => {
  open("/accounts/acme/users/new?role=account-admin", { "GET /me": SUPPORT, ...account });
  expect(((await screen.findByLabelText("account-admin")) as HTMLInputElement).checked).toBe(true);
});
