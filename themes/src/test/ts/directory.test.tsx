import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
// Chunks, so that no test waits for them to be compiled.
import "../../main/ts/accounts/Directory";
import "../../main/ts/users/EditUser";
import { drafts } from "../../main/ts/session/drafts";
import { keycloak } from "../../main/ts/session/keycloak";
import { open, UMA, USER } from "./console";

const TOKEN = {
  id: "t1",
  createdBy: { id: "ada", username: "ada@acme.example" },
  creatorHasAccess: true,
  createdAt: "2026-11-01T09:00:00Z",
  expiresAt: "2099-11-01T09:00:00Z",
  lastUsed: "2026-11-28T09:00:00Z",
};
const OTHER = { ...TOKEN, id: "t2", lastUsed: undefined };
const URL = "https://login.example/realms/wise-sync/wise-sync/scim/v2/acme";
const SCIM = { url: URL, defaultCompanies: [], tokens: [TOKEN], recentErrors: [] };
const CALL = "/accounts/acme/scim";
const DONE = () => new Response(null, { status: 204 });

const directory = (scim: object = {}, answers = {}) =>
  open("/account/directory", { [`GET ${CALL}`]: { ...SCIM, ...scim }, ...answers });

const table = async () => within(await screen.findByRole("grid", { name: "Tokens" }));

describe("the page of the directory", () => {
  it("shows the address, the tokens with their last use, and the users from the directory", async () => {
    const { sent } = directory({ tokens: [TOKEN, OTHER] });
    expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "SCIM address" })).value).toBe(URL);
    const [, first, second] = (await table()).getAllByRole("row");
    expect(first?.textContent).toMatch(/ada@acme\.example.*Nov 28, 2026/);
    expect(second?.textContent).toContain("Never used");
    expect(
      (await screen.findByRole("link", { name: "1 user from the directory" })).getAttribute("href"),
    ).toBe("/users?status=directory");
    expect(sent.some(({ call, query }) => call.endsWith("/users") && query.get("managedBy") === "scim")).toBe(
      true,
    );
    expect(screen.getByText("No request of the directory has failed.")).toBeTruthy();
  });

  it("shows a new token once", async () => {
    const { person } = directory(
      {},
      {
        [`POST ${CALL}/tokens`]: () => Response.json({ ...OTHER, secret: "wsscim_s3cret" }, { status: 201 }),
      },
    );
    await person.click(await screen.findByRole("button", { name: "Create token" }));
    const dialog = within(await screen.findByRole("dialog"));
    const token = dialog.getByRole<HTMLInputElement>("textbox", { name: "Token" });
    expect(token.value).toBe("wsscim_s3cret");
    await waitFor(() => expect(document.activeElement).toBe(token));
    await person.keyboard("{Enter}");
    expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "SCIM address" }).value).toBe(URL);
    await person.click(dialog.getByRole("button", { name: "Copy Token" }));
    expect(await navigator.clipboard.readText()).toBe("wsscim_s3cret");
    await person.keyboard("{Escape}");
    await person.click(dialog.getByRole("button", { name: "I have copied the token" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.body.innerHTML).not.toContain("wsscim_s3cret");
  });

  it("asks for a recent login before it creates a token", async () => {
    const { person, written } = directory();
    keycloak.idTokenParsed = { auth_time: Date.now() / 1000 - 3600 };
    await person.click(await screen.findByRole("button", { name: "Create token" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Please log in again" }));
    await person.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(written()).toEqual([]);
  });

  it("allows two tokens, so that one can replace the other", async () => {
    const { person, written } = directory({ tokens: [TOKEN, OTHER] }, { [`DELETE ${CALL}/tokens/t1`]: DONE });
    expect(await screen.findByText(/^The account has two tokens/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Create token" }).getAttribute("aria-disabled")).toBe("true");
    await person.click(
      (await table()).getAllByRole("button", { name: /^Revoke the token/ })[0] as HTMLElement,
    );
    const dialog = within(await screen.findByRole("dialog"));
    await person.click(dialog.getByRole("button", { name: "Revoke" }));
    expect(await screen.findByText("The token was revoked")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual([`DELETE ${CALL}/tokens/t1`]);
  });

  it("warns of a token whose creator has left, and of one that has expired", async () => {
    directory({
      tokens: [
        { ...TOKEN, creatorHasAccess: false },
        { ...OTHER, expiresAt: "2026-01-01T00:00:00Z" },
      ],
    });
    expect(await screen.findByText(/^ada@acme\.example no longer has access/)).toBeTruthy();
    expect(screen.getByText("Expired")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Create token" }).getAttribute("aria-disabled")).not.toBe(
      "true",
    );
  });

  it("sets the companies of new users", async () => {
    const { person, written } = directory({}, { [`PUT ${CALL}`]: { ...SCIM, defaultCompanies: ["nz"] } });
    await person.click(await screen.findByRole("checkbox", { name: "NZ" }));
    await person.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(written()).toMatchObject([{ call: `PUT ${CALL}`, body: { defaultCompanies: ["nz"] } }]),
    );
  });

  it("keeps the selected companies over a login", async () => {
    const { person } = directory();
    await person.click(await screen.findByRole("checkbox", { name: "NZ" }));
    keycloak.idTokenParsed = { auth_time: 0 };
    await person.click(screen.getByRole("button", { name: "Create token" }));
    drafts.saveAll();
    await person.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }));
    cleanup();
    directory();
    expect((await screen.findByRole<HTMLInputElement>("checkbox", { name: "NZ" })).checked).toBe(true);
    expect(screen.getByRole("button", { name: "Save" }).getAttribute("aria-disabled")).not.toBe("true");
  });

  it("asks before it is left with unsaved companies", async () => {
    const { person, router } = directory();
    await person.click(await screen.findByRole("checkbox", { name: "NZ" }));
    await act(() => router.navigate("/users"));
    expect(await screen.findByRole("dialog", { name: /Leave without saving/ })).toBeTruthy();
  });

  it("links an existing user that the directory could not create, with one click", async () => {
    const failed = { at: "2026-11-28T09:00:00Z", call: "POST Users", status: 409 };
    const { person, written } = directory(
      {
        recentErrors: [
          {
            ...failed,
            message: "Taken.",
            user: { id: "uma", username: "uma@acme.example" },
            externalId: "e1",
          },
          { ...failed, message: "Taken elsewhere." },
        ],
      },
      { [`PUT ${USER}/scim-link`]: DONE },
    );
    const [own, other] = within(await screen.findByRole("list", { name: "Recent errors" })).getAllByRole(
      "listitem",
    );
    expect(other?.textContent).toMatch(/^Taken elsewhere\..*POST Users \(answered with 409\)$/);
    expect(within(other as HTMLElement).queryByRole("button")).toBeNull();
    await person.click(within(own as HTMLElement).getByRole("button", { name: "Link to the directory" }));
    expect(await screen.findByText("uma@acme.example is now managed by the directory")).toBeTruthy();
    expect(written()).toMatchObject([{ call: `PUT ${USER}/scim-link`, body: { externalId: "e1" } }]);
  });
});

describe("a user from the directory", () => {
  const managed = { ...UMA, managedBy: "scim" as const };

  it("has a name and an email address that only the directory changes", async () => {
    const { person, written } = open("/users/uma", {
      [`GET ${USER}`]: managed,
      [`PUT ${USER}`]: { ...managed, companies: ["au", "nz"] },
    });
    expect(
      await screen.findByText("Name, email address and username are changed in the directory."),
    ).toBeTruthy();
    expect(screen.getByText(/^Managed by the directory/)).toBeTruthy();
    for (const name of [/^First name/, /^Last name/, /^Email address/]) {
      expect(screen.queryByRole("textbox", { name })).toBeNull();
    }
    expect(screen.queryByRole("button", { name: "Edit username" })).toBeNull();
    await person.click(screen.getByRole("checkbox", { name: "NZ" }));
    await person.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(written()[0]?.body).toMatchObject({ companies: ["au", "nz"], firstName: "Uma" }),
    );
  });

  it("stays disabled on request, although the directory has disabled it", async () => {
    const { person, written } = open("/users/uma", {
      [`GET ${USER}`]: { ...managed, enabled: false },
      [`POST ${USER}/disable`]: DONE,
    });
    await person.click(await screen.findByRole("button", { name: "Keep disabled" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Keep Uma Underwood disabled?" }));
    await person.click(dialog.getByRole("button", { name: "Keep disabled" }));
    expect(await screen.findByText("Uma Underwood stays disabled")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual([`POST ${USER}/disable`]);
  });

  it("has nothing to keep disabled while it is enabled", async () => {
    open("/users/uma", { [`GET ${USER}`]: managed });
    await screen.findByRole("button", { name: "Unlink from the directory" });
    expect(screen.queryByRole("button", { name: "Keep disabled" })).toBeNull();
  });

  it("can be unlinked after a confirmation", async () => {
    const { person, written } = open("/users/uma", {
      [`GET ${USER}`]: managed,
      [`DELETE ${USER}/scim-link`]: DONE,
    });
    await person.click(await screen.findByRole("button", { name: "Unlink from the directory" }));
    const dialog = within(await screen.findByRole("dialog"));
    await person.click(dialog.getByRole("button", { name: "Unlink from the directory" }));
    expect(await screen.findByText("Uma Underwood is no longer managed by the directory")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual([`DELETE ${USER}/scim-link`]);
  });

  it("is found by a filter of the list", async () => {
    const { sent } = open("/users?status=directory");
    await screen.findByRole("grid");
    expect(screen.getByRole("button", { name: "Status: From the directory" })).toBeTruthy();
    expect(sent.find(({ call }) => call.endsWith("/users"))?.query.get("managedBy")).toBe("scim");
  });
});
