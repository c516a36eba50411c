import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ADMIN, open, UMA, USER } from "./console";

const isFocused = (element: () => Element) => waitFor(() => expect(document.activeElement).toBe(element()));

const heading = (name: string) => () => screen.getByRole("heading", { name });

describe("the focus", () => {
  it("moves to the new password, and back to the card when it is cancelled", async () => {
    const { person } = open("/users/uma");
    await person.click(await screen.findByRole("button", { name: "Update password" }));
    await isFocused(() => screen.getByLabelText(/^New password/));
    await person.click(screen.getByRole("button", { name: "Cancel" }));
    await isFocused(heading("Password"));
  });

  it("stays in the card when second factors were removed", async () => {
    let removed = false;
    const { person } = open("/users/uma", {
      [`GET ${USER}`]: () => Promise.resolve(Response.json({ ...UMA, twoFactor: !removed })),
      [`GET ${USER}/two-factor`]: [],
      [`DELETE ${USER}/two-factor`]: () => {
        removed = true;
        return new Response(null, { status: 204 });
      },
    });
    await person.click(await screen.findByRole("button", { name: "Remove second factors" }));
    const dialog = within(screen.getByRole("dialog"));
    await isFocused(() => dialog.getByRole("button", { name: "Cancel" }));
    await person.click(dialog.getByRole("button", { name: "Remove second factors" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Remove second factors" })).toBeNull());
    await isFocused(heading("Second factor"));
  });

  it("goes to the user's name when an account was disabled", async () => {
    const { person } = open("/users/uma", {
      [`GET ${USER}/wise-pay-links`]: [],
      [`POST ${USER}/disable`]: () => new Response(null, { status: 204 }),
    });
    await person.click(await screen.findByRole("button", { name: "Disable account" }));
    const dialog = within(screen.getByRole("dialog"));
    await isFocused(() => dialog.getByRole("button", { name: "Cancel" }));
    await dialog.findByText(/^This user has no active Wise-Pay links/);
    await person.click(dialog.getByRole("button", { name: "Disable account" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await isFocused(() => screen.getByRole("button", { name: "Disable account" }));
  });

  it("stays on Save when a form was saved", async () => {
    const { person } = open("/users/uma", { [`PUT ${USER}`]: UMA });
    await person.type(await screen.findByLabelText(/^First name/), "x");
    const save = screen.getByRole("button", { name: "Save" });
    await person.click(save);
    await screen.findByText("Saved");
    expect(document.activeElement).toBe(save);
  });

  it("comes back to the list when its filters were cleared", async () => {
    const { person } = open("/users?search=unknown", { "GET /accounts/acme/users": { total: 0, users: [] } });
    await screen.findByText("No users found");
    const [clear] = screen.getAllByRole("button", { name: "Clear filters" });
    await person.click(clear!);
    await screen.findByText("No users yet");
    await isFocused(heading("No users yet"));
  });

  it("comes back to the menu when a dialog that it opened is closed", async () => {
    const { person } = open("/users");
    await person.click(await screen.findByRole("button", { name: "More actions" }));
    await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
    await isFocused(() => within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));
    await person.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await isFocused(() => screen.getByRole("button", { name: "More actions" }));
  });

  it("returns to the pencil when editing the username is undone", async () => {
    const { person, written } = open("/users/uma");
    await person.click(await screen.findByRole("button", { name: "Edit username" }));
    await person.type(screen.getByRole("textbox", { name: /^Username/ }), "other@acme.example");
    await person.click(screen.getByRole("button", { name: "Undo the change of: Username" }));
    expect(screen.queryByRole("textbox", { name: /^Username/ })).toBeNull();
    expect(screen.getAllByText("uma@acme.example").length).toBeGreaterThan(0);
    await isFocused(() => screen.getByRole("button", { name: "Edit username" }));
    expect(screen.getByRole("button", { name: "Save" }).getAttribute("aria-disabled")).toBe("true");
    expect(written()).toEqual([]);
  });
});

it("associates each role with its description", async () => {
  open("/users/new");
  const role = await screen.findByRole("radio", { name: "merchant-admin" });
  expect(document.getElementById(role.getAttribute("aria-describedby") ?? "")?.textContent).toMatch(
    /merchant settings/,
  );
});

it("never makes a column header a tab stop", async () => {
  open("/users");
  await screen.findByRole("link", { name: "uma@acme.example" });
  for (const header of screen.getAllByRole("columnheader")) {
    expect(header.hasAttribute("tabindex")).toBe(false);
  }
});

it("shows the reader's own page in the second person, without what they cannot change", async () => {
  const ada = {
    ...UMA,
    id: ADMIN.id,
    username: ADMIN.username,
    email: ADMIN.username,
    role: "account-admin",
  };
  const { person, written } = open("/users/ada", {
    "GET /accounts/acme/users/ada": ada,
    "GET /accounts/acme/users/ada/activity": [],
    "PUT /accounts/acme/users/ada": ada,
  });
  expect(await screen.findByText("This is you")).toBeTruthy();
  expect(screen.queryByRole("textbox", { name: /^Email address/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Edit username" })).toBeNull();
  expect(screen.queryByRole("radio")).toBeNull();
  const link = screen.getByRole("link", { name: "Change your email address in your personal settings" });
  expect(link.getAttribute("href")).toBe("http://localhost:3000/realms/wise-sync/account/");
  expect(screen.getByText(/^You have not set up a second factor/)).toBeTruthy();

  await person.type(screen.getByLabelText(/^First name/), "x");
  await person.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved");
  expect(written()[0]?.body).toMatchObject({
    role: "account-admin",
    email: ADMIN.username,
    username: ADMIN.username,
  });
});
