import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { User } from "../../main/ts/api/client";
import { ADMIN, open, refusal, UMA, USER } from "./console";

const DONE = () => new Response(null, { status: 204 });
const STEP_UP = refusal(
  401,
  {},
  { "WWW-Authenticate": 'Bearer error="insufficient_user_authentication", max_age=900' },
);
const TIME = "\\w+ \\d+, \\d{4}, \\d+:\\d\\d.[AP]M";

const panel = async (title: string) => {
  const heading = await screen.findByText(title, { selector: "h2" });
  return within(heading.closest<HTMLElement>("[data-focus-home]")!);
};
const dialog = async () => within(await screen.findByRole("dialog"));

describe("the invitation of a user", () => {
  const invited = (invitation: User["invitation"], other: Partial<User> = {}) => ({
    [`GET ${USER}`]: { ...UMA, invitation, ...other },
  });
  const sent = { sentAt: "2026-11-20T09:30:00Z", expiresAt: "2026-11-27T09:30:00Z" };

  it.each<[User["invitation"], RegExp]>([
    [{ state: "waiting" }, /^Waiting to be emailed to uma@acme\.example$/],
    [{ state: "mailed", ...sent }, new RegExp(`^Sent on ${TIME}, valid until ${TIME}$`)],
    [{ state: "expired", ...sent }, new RegExp(`^Sent on ${TIME}, expired on ${TIME}$`)],
    [{ state: "revoked" }, /^Revoked: the link in the email no longer works$/],
    [{ state: "failed", error: "rejected" }, /^The mail server rejected uma@acme\.example\. Correct/],
    [{ state: "failed", error: "unavailable" }, /did not accept the email for three days/],
    [{ state: "failed", error: "disabled" }, /was disabled when the email was due/],
    [{ state: "failed", error: "no-address" }, /has no email address/],
  ])("has its state in words: %#", async (invitation, words) => {
    open("/users/uma", invited(invitation));
    expect(await (await panel("Invitation")).findByText(words)).toBeTruthy();
    // Its own panel sends it.
    expect(screen.queryByRole("button", { name: "Email a password link" })).toBeNull();
  });

  it("is not shown once it was accepted", async () => {
    open("/users/uma");
    await screen.findByText("Second factor", { selector: "h2" });
    expect(screen.queryByRole("heading", { name: "Invitation" })).toBeNull();
  });

  it("is sent again", async () => {
    const { person, written } = open("/users/uma", {
      ...invited({ state: "expired", ...sent }),
      [`POST ${USER}/invitation`]: DONE,
    });
    await person.click(await screen.findByRole("button", { name: "Send again" }));
    expect(await screen.findByText(/^A new invitation will be emailed to uma@acme\.example\./)).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual([`POST ${USER}/invitation`]);
  });

  it("is revoked after a confirmation, and cannot be revoked twice", async () => {
    const answers = [
      { ...UMA, invitation: { state: "mailed", ...sent } },
      { ...UMA, invitation: { state: "revoked" } },
    ];
    const { person, written } = open("/users/uma", {
      [`GET ${USER}`]: () => Response.json(answers.length > 1 ? answers.shift() : answers[0]),
      [`DELETE ${USER}/invitation`]: DONE,
    });
    await person.click(await screen.findByRole("button", { name: "Revoke" }));
    expect((await dialog()).getByText("Revoke the invitation of Uma Underwood?")).toBeTruthy();
    expect(written()).toEqual([]);
    await person.click((await dialog()).getByRole("button", { name: "Revoke" }));
    expect(await screen.findByText("The invitation of Uma Underwood was revoked")).toBeTruthy();
    expect(await screen.findByText(/^Revoked: the link/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Revoke" })).toBeNull();
  });

  it("is read again when it was accepted meanwhile", async () => {
    const answers = [{ ...UMA, invitation: { state: "mailed", ...sent } }, UMA];
    const { person } = open("/users/uma", {
      [`GET ${USER}`]: () => Response.json(answers.length > 1 ? answers.shift() : answers[0]),
      [`POST ${USER}/invitation`]: refusal(409, { errorMessage: "Uma has a password already" }),
    });
    await person.click(await screen.findByRole("button", { name: "Send again" }));
    expect(await screen.findByText("Uma has a password already")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Invitation" })).toBeNull());
  });

  it("is not sent to a disabled user", async () => {
    open("/users/uma", invited({ state: "mailed", ...sent }, { enabled: false }));
    expect(await screen.findByText(/^While the user account is disabled/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
  });
});

describe("a user who is locked out", () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();

  it("can be unlocked", async () => {
    const answers: User[] = [{ ...UMA, lockedUntil: inAnHour }, UMA];
    const { person, written } = open("/users/uma", {
      [`GET ${USER}`]: () => Response.json(answers.length > 1 ? answers.shift() : answers[0]),
      [`POST ${USER}/unlock`]: DONE,
    });
    const lockout = await panel("Lockout");
    expect(lockout.getByText(new RegExp(`^Locked out until ${TIME}$`))).toBeTruthy();
    await person.click(lockout.getByRole("button", { name: "Unlock" }));
    expect(await screen.findByText("Uma Underwood can log in again")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Lockout" })).toBeNull());
    expect(written().map(({ call }) => call)).toEqual([`POST ${USER}/unlock`]);
  });

  it("is not shown as locked out after that time", async () => {
    open("/users/uma", { [`GET ${USER}`]: { ...UMA, lockedUntil: "2026-01-01T00:00:00Z" } });
    await screen.findByText("Second factor", { selector: "h2" });
    expect(screen.queryByRole("heading", { name: "Lockout" })).toBeNull();
    expect(screen.queryByText("Locked out")).toBeNull();
  });

  it("is marked in the list", async () => {
    open("/users", {
      "GET /accounts/acme/users": { total: 1, users: [{ ...UMA, lockedUntil: inAnHour }] },
    });
    expect(await within(await screen.findByRole("grid")).findByText("Locked out")).toBeTruthy();
  });
});

describe("the sessions of a user", () => {
  const open1 = {
    id: "1",
    startedAt: "2026-11-28T09:00:00Z",
    lastAccess: "2026-11-28T09:30:00Z",
    ipAddress: "203.0.113.7",
    clients: ["security-admin-console", "Wise-Sync"],
  };
  const logOut = async (person: ReturnType<typeof open>["person"]) => {
    await person.click(await screen.findByRole("button", { name: "Log out everywhere" }));
    await person.click((await dialog()).getByRole("button", { name: "Log out everywhere" }));
  };

  it("say where, since when and from which address", async () => {
    // Keycloak's offline session has the id of the session that it was started in.
    open("/users/uma", {
      [`GET ${USER}/sessions`]: [open1, { ...open1, ipAddress: undefined, clients: [] }],
    });
    const list = await screen.findByRole("list", { name: "Sessions" });
    const [one, other] = within(list).getAllByRole("listitem");
    expect(one?.textContent).toMatch(
      new RegExp(
        `^User administration, Wise-SyncLogged in since ${TIME}, from 203\\.0\\.113\\.7Last used on ${TIME}$`,
      ),
    );
    expect(other?.textContent).toMatch(new RegExp(`^No applicationLogged in since ${TIME}Last used`));
  });

  it("show a text if there are none", async () => {
    open("/users/uma");
    expect(await screen.findByText("Not logged in anywhere.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Log out everywhere" })).toBeNull();
  });

  it("end after a confirmation", async () => {
    const answers = [[open1], []];
    const { person, written } = open("/users/uma", {
      [`GET ${USER}/sessions`]: () => Response.json(answers.length > 1 ? answers.shift() : answers[0]),
      [`DELETE ${USER}/sessions`]: DONE,
    });
    await logOut(person);
    expect(await screen.findByText("Uma Underwood was logged out everywhere")).toBeTruthy();
    expect(await screen.findByText("Not logged in anywhere.")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual([`DELETE ${USER}/sessions`]);
  });

  it("need a recent login of the admin", async () => {
    const { person } = open("/users/uma", {
      [`GET ${USER}/sessions`]: [open1],
      [`DELETE ${USER}/sessions`]: STEP_UP,
    });
    await logOut(person);
    expect(await screen.findByText("Please log in again")).toBeTruthy();
    await person.click((await dialog()).getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("list", { name: "Sessions" })).toBeTruthy();
  });

  it("include the current one if they are the reader's own", async () => {
    const { person } = open("/users/uma", {
      "GET /me": { ...ADMIN, id: "uma" },
      [`GET ${USER}/sessions`]: [open1],
      [`DELETE ${USER}/sessions`]: DONE,
    });
    await person.click(await screen.findByRole("button", { name: "Log out everywhere" }));
    expect((await dialog()).getByText(/^You are logged out of all applications/)).toBeTruthy();
    await person.click((await dialog()).getByRole("button", { name: "Log out everywhere" }));
    expect(await screen.findByText("Your session has ended")).toBeTruthy();
  });
});
