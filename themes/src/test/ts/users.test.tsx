import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { drafts } from "../../main/ts/session/drafts";
import { ACCOUNT, ADMIN, open, UMA, USER } from "./console";

const table = () =>
  waitFor(() => {
    const grid = screen.getByRole("grid");
    expect(grid.getAttribute("aria-busy")).toBe("false");
    return grid;
  });

const cells = async () => {
  const [, row] = within(await table()).getAllByRole("row");
  return [...(row as HTMLElement).querySelectorAll("td[data-column]")].map(({ textContent }) => textContent);
};

const users = (...list: object[]) => ({
  "GET /accounts/acme/users": { total: list.length, users: list },
});

describe("the list of users", () => {
  it("shows the companies of each user", async () => {
    open("/users", users({ ...UMA, companies: ["au", "nz"], lastLogin: "2026-11-28" }));
    await screen.findByText("Emailed code");
    expect(await cells()).toEqual([
      "Uma Underwood",
      "uma@acme.example",
      "user",
      "AU, NZ",
      "Emailed code",
      "Nov 28, 2026",
      "Enabled",
    ]);
  });

  it.each([
    [UMA, "Not required"],
    [{ ...UMA, twoFactor: true }, "Set up"],
    [{ ...UMA, role: "account-admin" }, "Emailed code"],
    [{ ...UMA, role: undefined }, "Emailed code"],
  ])("says what an account with an optional second factor asks for: %#", async (user, words) => {
    open("/users", { ...users(user), "GET /accounts/acme": { ...ACCOUNT, twoFactorMode: "optional" } });
    await screen.findByText(words);
    expect((await cells())[4]).toBe(words);
  });

  it("exports the second factor of accounts in which it is optional", async () => {
    const reader = new FileReader();
    const file = new Promise((resolve) => reader.addEventListener("load", () => resolve(reader.result)));
    URL.createObjectURL = (blob) => {
      reader.readAsText(blob as Blob);
      return "blob:x";
    };
    URL.revokeObjectURL = () => undefined;
    const { person } = open("/users", { "GET /accounts/acme": { ...ACCOUNT, twoFactorMode: "optional" } });
    await person.click(await screen.findByRole("button", { name: "More actions" }));
    await person.click(await screen.findByRole("menuitem", { name: "Export as CSV" }));
    await screen.findByText("1 user exported");
    expect(await file).toContain("Not required");
  });

  it.each([
    [{ ...UMA, companies: ["au", "nz", "us"] }, "3 companies"],
    [{ ...UMA, companies: [] }, "No company"],
    [{ ...UMA, role: "account-admin", companies: [] }, "All companies"],
    [{ ...UMA, role: "merchant-user", companies: [] }, "–None"],
  ])("has few words for many companies, or none: %#", async (user, words) => {
    open("/users", users(user));
    expect((await cells())[3]).toContain(words);
  });

  it("asks for a company first if the account has none", async () => {
    open("/users", { "GET /accounts/acme/companies": [], ...users() });
    expect(await screen.findByText("First connect a company in Wise-Sync")).toBeTruthy();
    expect(screen.queryByText("Create new user")).toBeNull();
  });

  it("asks for a company above a list with the first admin too", async () => {
    open("/users", { "GET /accounts/acme/companies": [] });
    expect(await screen.findByText("First connect a company in Wise-Sync")).toBeTruthy();
    expect(screen.getByRole("grid")).toBeTruthy();
    expect(screen.queryByText("Create new user")).toBeNull();
  });

  it("offers to create the first user of an empty account", async () => {
    open("/users", users());
    expect(await screen.findByText("No users yet")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Create new user" })).toBeTruthy();
  });

  it("requests no row beyond the maximum of the API", async () => {
    const { sent } = open("/users?page=9999999999&max=100");
    await screen.findByText("Underwood", { exact: false });
    const first = sent
      .filter(({ call }) => call === "GET /accounts/acme/users")
      .map(({ query }) => query.get("first"));
    expect(first.every((row) => Number(row) < 2 ** 31)).toBe(true);
  });

  it("sends the filters of its address to the API", async () => {
    const { sent } = open("/users?role=user&company=au&status=disabled&page=2&max=10");
    await cells();
    const asked = sent.find(({ call }) => call === "GET /accounts/acme/users")?.query;
    expect(Object.fromEntries(asked ?? [])).toEqual({
      role: "user",
      company: "au",
      enabled: "false",
      first: "10",
      max: "10",
    });
  });
});

describe("opening a user", () => {
  it.each([
    [4, []],
    [6, ["GET /accounts/acme/companies"]],
  ])("sends at most two requests, and the companies after 5 minutes: %i minutes", async (minutes, read) => {
    // Without IntersectionObserver, as here, everything counts as in view.
    const { person, sent } = open("/users", {
      [`GET ${USER}`]: { ...UMA, enabled: false, twoFactor: true },
      [`GET ${USER}/two-factor`]: [{ type: "app", label: "Uma's phone", createdAt: "2026-11-28T09:30:00Z" }],
    });
    const link = within(await table()).getByRole("link", { name: UMA.username });
    // The list has read the companies.
    const later = vi.spyOn(Date, "now").mockReturnValue(Date.now() + minutes * 60_000);
    onTestFinished(() => later.mockRestore());
    const before = sent.length;
    await person.click(link);

    expect(await screen.findByText("Uma's phone")).toBeTruthy();
    expect(await screen.findByText("Not logged in anywhere.")).toBeTruthy();
    expect(await screen.findByText("No activity yet.")).toBeTruthy();
    expect(sent.slice(before).map(({ call }) => call)).toEqual([
      `GET ${USER}/details`,
      ...read,
      `GET ${USER}/activity`,
    ]);
  });
});

describe("sorting and filtering", () => {
  const asked = async (place: string) => {
    const { sent, person, router } = open(place);
    await cells();
    const queries = () =>
      sent
        .filter(({ call }) => call === "GET /accounts/acme/users")
        .map(({ query }) => Object.fromEntries(query));
    return { queries, person, router };
  };

  it.each([
    ["/users?status=invited", { invited: "true" }],
    ["/users?login=idle", { idleDays: "90" }],
    ["/users?login=never", { neverLoggedIn: "true" }],
    ["/users?sort=-lastLogin", { sort: "-lastLogin" }],
    ["/users?sort=nonsense", {}],
  ])("is done by the API: %s", async (place, query) => {
    const { queries } = await asked(place);
    expect(queries()).toEqual([{ ...query, first: "0", max: "20" }]);
  });

  it("follows clicks on a header, and reverses with the next click", async () => {
    const { queries, person, router } = await asked("/users");
    await person.click(screen.getByRole("button", { name: "Last login" }));
    await waitFor(() => expect(queries().at(-1)).toMatchObject({ sort: "lastLogin" }));
    await cells();
    await person.click(screen.getByRole("button", { name: "Last login" }));
    await waitFor(() => expect(queries().at(-1)).toMatchObject({ sort: "-lastLogin" }));
    expect(router.state.location.search).toBe("?sort=-lastLogin");
  });

  it("searches for no more than the API accepts, so that a pasted text does not replace the page by an error", async () => {
    const { queries, person } = await asked("/users");
    await person.click(screen.getByRole("textbox", { name: "Search name, username or email" }));
    await person.paste("x".repeat(300));
    await waitFor(() => expect(queries().at(-1)).toMatchObject({ search: "x".repeat(255) }));
  });
});

describe("a user who is not an account-admin", () => {
  it("sees the account-admins, and has no menu", async () => {
    open("/users", {
      "GET /me": {
        ...ADMIN,
        role: "merchant-user",
        administrators: [{ name: "Ada Archer", email: "ada@acme.example" }],
      },
    });
    expect(await screen.findByText("You do not have permission to maintain users")).toBeTruthy();
    expect(screen.getByText("Contact your account administrator.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "ada@acme.example" })).toBeTruthy();
    expect(screen.queryByRole("navigation")).toBeNull();
  });
});

describe("a new user", () => {
  it("needs companies only in the role user, and takes the address as username until that is edited", async () => {
    const { person, written } = open("/users/new", { "POST /accounts/acme/users": UMA });
    await person.click(await screen.findByLabelText("account-admin"));
    expect(screen.queryByText("AU")).toBeNull();
    await person.click(screen.getByLabelText("user"));
    await person.click(screen.getByLabelText("AU"));
    expect(screen.queryByLabelText("Confirm password")).toBeNull();
    await person.type(screen.getByLabelText(/^First name/), "Uma");
    await person.type(screen.getByLabelText(/^Last name/), "Underwood");
    await person.type(screen.getByLabelText(/^Email address/), "uma@acme.example");
    expect((screen.getByLabelText(/^Username/) as HTMLInputElement).value).toBe("uma@acme.example");
    await person.clear(screen.getByLabelText(/^Username/));
    await person.type(screen.getByLabelText(/^Username/), "own@acme.example");
    await person.type(screen.getByLabelText(/^Email address/), ".au");
    await person.click(screen.getByRole("button", { name: "Save" }));

    await screen.findByRole("grid");
    expect(written()).toMatchObject([
      {
        call: "POST /accounts/acme/users",
        body: {
          role: "user",
          companies: ["au"],
          firstName: "Uma",
          lastName: "Underwood",
          email: "uma@acme.example.au",
          username: "own@acme.example",
        },
      },
    ]);
    expect(written()[0]?.body).not.toHaveProperty("password");
  });

  it("moves the focus to the first missing field", async () => {
    const { person, written } = open("/users/new");
    await person.click(await screen.findByRole("button", { name: "Save" }));
    expect(await screen.findByText("Select a role")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("account-admin"));
    await person.click(screen.getByLabelText("user"));
    await person.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Select at least one company")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("AU"));
    expect(written()).toEqual([]);
  });

  it("checks the username again when the email address sets it", async () => {
    const { person } = open("/users/new");
    await person.click(await screen.findByRole("button", { name: "Save" }));
    expect(await screen.findAllByText("Enter a valid email address")).toHaveLength(2);
    await person.type(screen.getByLabelText(/^Email address/), "uma@acme.example");
    await waitFor(() => expect(screen.queryByText("Enter a valid email address")).toBeNull());
  });

  it("finds its input again after a login, and asks no more once it is saved", async () => {
    const { person } = open("/users/new");
    await person.click(await screen.findByLabelText("merchant-user"));
    await person.type(screen.getByLabelText(/^First name/), "Uma");
    await person.type(screen.getByLabelText(/^Email address/), "uma@acme.example");
    drafts.saveAll();
    cleanup();
    const again = open("/users/new", { "POST /accounts/acme/users": UMA });
    expect(await screen.findByDisplayValue("Uma")).toBe(screen.getByLabelText(/^First name/));
    await again.person.click(screen.getByRole("button", { name: "Save and create another" }));
    await screen.findByText(/^uma@acme.example was created/);
    expect(document.activeElement).toBe(screen.getByLabelText(/^First name/));
    await again.person.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("grid")).toBeTruthy();
    expect(again.router.state.location.pathname).toBe("/users");
  });

  it("takes the focus to the page that was opened", async () => {
    const { person } = open("/users");
    await person.click(await screen.findByRole("link", { name: "Create new user" }));
    const heading = await screen.findByRole("heading", { name: "Create new Wise-Sync user account" });
    expect(document.activeElement).toBe(heading);
  });

  describe("returns to the list as it was", () => {
    const begin = async (place: string, list: object, found: object) => {
      const opened: ReturnType<typeof open> = open(place, {
        "GET /accounts/acme/users": () => {
          const query = opened.sent.at(-1)?.query;
          return Response.json(query?.get("search") === UMA.username ? found : list);
        },
        "POST /accounts/acme/users": UMA,
      });
      await opened.person.click(await screen.findByRole("link", { name: "Create new user" }));
      await opened.person.click(await screen.findByLabelText("merchant-user"));
      await opened.person.type(screen.getByLabelText(/^First name/), "Uma");
      await opened.person.type(screen.getByLabelText(/^Email address/), UMA.username);
      return opened;
    };
    const other = { ...UMA, id: "bob", username: "bob@acme.example" };
    const highlighted = async () => {
      const link = await screen.findByRole("link", { name: UMA.username });
      return (link.closest("tr") as HTMLElement).className.includes("wise-sync-highlight");
    };

    it("when it is cancelled", async () => {
      const { person, router } = open("/users?role=user&page=2&max=10", {
        "GET /accounts/acme/users": { total: 11, users: [other] },
      });
      await person.click(await screen.findByRole("link", { name: "Create new user" }));
      await person.click(await screen.findByRole("button", { name: "Cancel" }));
      expect(router.state.location.search).toBe("?role=user&page=2&max=10");
    });

    it("with the user highlighted, when the list shows the user", async () => {
      const list = { total: 2, users: [other, UMA] };
      const { person, router } = await begin("/users?status=enabled", list, list);
      await person.click(screen.getByRole("button", { name: "Save" }));
      expect(await highlighted()).toBe(true);
      expect(router.state.location.search).toBe("?status=enabled");
    });

    it("or searched for the user, if they are on another page of it", async () => {
      const list = { total: 60, users: [other] };
      const { person, router } = await begin("/users?role=user", list, { total: 1, users: [UMA] });
      await person.click(screen.getByRole("button", { name: "Save" }));
      expect(await highlighted()).toBe(true);
      expect(router.state.location.search).toBe("?search=uma%40acme.example");
      await person.click(screen.getByRole("button", { name: "Clear filters" }));
      await waitFor(() => expect(router.state.location.search).toBe(""));
    });
  });

  it("corrects an impossible page in the address", async () => {
    const { router } = open("/users?page=-3&role=user");
    await waitFor(() => expect(router.state.location.search).toBe("?page=1&role=user"));
  });

  it("lists the permissions of each role", async () => {
    open("/users/new");
    expect((await screen.findAllByRole("radio")).slice(0, 4)).toHaveLength(4);
    for (const may of [
      /plan and billing/,
      /syncs transactions/,
      /merchant settings/,
      /payers and payments\.$/,
    ]) {
      expect(screen.getByText(may)).toBeTruthy();
    }
  });
});
