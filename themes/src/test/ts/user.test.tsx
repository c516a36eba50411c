import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { untilDelivered } from "../../main/ts/api/queries";
import { drafts } from "../../main/ts/session/drafts";
import { ACCOUNT, ADMIN, COMPANIES, open, refusal, UMA, USER } from "./console";

const OTHER_PSA = { "GET /me": { ...ADMIN, account: { ...ADMIN.account, psa: "other" } } };

describe("a user's page", () => {
  it("has no password input until the button is clicked", async () => {
    const { person } = open("/users/uma");
    await person.click(await screen.findByRole("button", { name: "Update password" }));
    const inputs = [...document.querySelectorAll<HTMLInputElement>("input[type=password]")];
    expect(inputs.map(({ autocomplete }) => autocomplete)).toEqual(["new-password", "new-password"]);
    await person.click(screen.getByRole("button", { name: "Cancel" }));
    expect(document.querySelector("input[type=password]")).toBeNull();
  });

  it("asks before it is left with unsaved changes, also while another form is open", async () => {
    const { person, router } = open("/users/uma");
    await person.type(await screen.findByLabelText(/^First name/), "x");
    await person.click(screen.getByRole("button", { name: "Update password" }));
    await act(() => router.navigate("/users"));
    expect(await screen.findByRole("dialog", { name: /Leave without saving/ })).toBeTruthy();
  });

  it("changes roles, and sets no passwords, if the account runs another PSA", async () => {
    open("/users/uma", OTHER_PSA);
    expect(await screen.findByLabelText("merchant-admin")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Update password" })).toBeNull();
    expect(screen.getByRole("button", { name: "Email a password link" })).toBeTruthy();
  });

  it("offers to change the username with an email address that equals it", async () => {
    const { person, written } = open("/users/uma", { [`PUT ${USER}`]: UMA });
    const email = await screen.findByLabelText(/^Email address/);
    await person.clear(email);
    await person.type(email, "new@acme.example");
    expect(screen.getByLabelText("Also change the username to new@acme.example")).toBeTruthy();
    await person.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    expect(written()[0]?.body).toMatchObject({ email: "new@acme.example", username: "new@acme.example" });
    expect(written()[0]?.headers.get("If-Match")).toBe('"1"');
  });

  it("saves a user with one name, and refuses one without any", async () => {
    const { person, written } = open("/users/uma", { [`PUT ${USER}`]: UMA });
    await person.clear(await screen.findByLabelText(/^First name/));
    await person.clear(screen.getByLabelText(/^Last name/));
    await person.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Enter a first or a last name")).toBeTruthy();
    expect(written()).toEqual([]);
    await person.type(screen.getByLabelText(/^Last name/), "Madonna");
    await waitFor(() => expect(screen.queryByText("Enter a first or a last name")).toBeNull());
    await person.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    expect(written()[0]?.body).toMatchObject({ firstName: "", lastName: "Madonna" });
  });

  it("shows the state of the invitation of a user without a password", async () => {
    open("/users/uma", { [`GET ${USER}`]: { ...UMA, invitation: { state: "waiting" } } });
    expect(await screen.findByText("Invitation queued")).toBeTruthy();
  });

  it("opens the username if it was refused, and shows the reason there", async () => {
    const { person } = open("/users/uma", {
      [`PUT ${USER}`]: refusal(409, { errorMessage: "Taken already", field: "username" }),
    });
    await person.type(await screen.findByLabelText(/^First name/), "x");
    await person.click(screen.getByRole("button", { name: "Save" }));
    const username = await screen.findByLabelText(/^Username/);
    await waitFor(() => expect(document.activeElement).toBe(username));
    expect(screen.getByText("Taken already")).toBeTruthy();
  });

  it("asks for another login if the API does, and keeps what was typed", async () => {
    const { person } = open("/users/uma", {
      [`PUT ${USER}`]: refusal(
        401,
        {},
        { "WWW-Authenticate": 'Bearer error="insufficient_user_authentication", max_age=900' },
      ),
    });
    await person.type(await screen.findByLabelText(/^First name/), "x");
    await person.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Please log in again")).toBeTruthy();
    await person.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));
    expect((screen.getByLabelText(/^First name/) as HTMLInputElement).value).toBe("Umax");
  });

  it.each([
    ["required", /receives a code by email at every login/],
    ["optional", /the password is enough/],
  ])("says what a login asks for where a second factor is %s", async (twoFactorMode, words) => {
    open("/users/uma", { "GET /accounts/acme": { ...ACCOUNT, twoFactorMode } });
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it("says why a disabled user receives no password link", async () => {
    open("/users/uma", { [`GET ${USER}`]: { ...UMA, enabled: false } });
    const send = await screen.findByRole("button", { name: "Email a password link" });
    expect(send.getAttribute("aria-disabled")).toBe("true");
    const reason = screen.getByText(/^A disabled user receives no password link/);
    expect(send.getAttribute("aria-describedby")).toBe(reason.id);
  });

  it("calls changes restored only until they are saved", async () => {
    const restored = () => screen.queryByText(/unsaved changes are still here/);
    const { person } = open("/users/uma");
    await person.type(await screen.findByLabelText(/^First name/), "!");
    drafts.saveAll();
    cleanup();
    const again = open("/users/uma", {
      [`PUT ${USER}`]: () => Response.json({ ...UMA, firstName: "Una" }, { headers: { ETag: '"2"' } }),
    });
    expect(await screen.findByDisplayValue("Uma!")).toBe(screen.getByLabelText(/^First name/));
    expect(restored()).toBeTruthy();
    await again.person.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    await again.person.type(screen.getByLabelText(/^First name/), "!");
    expect(restored()).toBeNull();
  });

  it("describes the activity in words", async () => {
    const at = "2020-02-02T12:00:00Z";
    const by = { id: "ada", username: "ada@acme.example" };
    const self = { id: "uma", username: "uma@acme.example" };
    open("/users/uma", {
      [`GET ${USER}/activity`]: [
        {
          at,
          what: "changed",
          by,
          fields: ["companies", "lastName"],
          changes: [
            { field: "companies", before: "AU", after: "AU, NZ" },
            { field: "lastName", after: "Underwood" },
          ],
        },
        { at, what: "disabled", fields: [], changes: [] },
        { at, what: "logged-in", by: self, application: "Wise-Pay", fields: [], changes: [] },
      ],
    });
    await screen.findByText("Logged in to Wise-Pay");
    expect(screen.getByText("Details changed by ada@acme.example")).toBeTruthy();
    expect(screen.getByText("Companies: AU → AU, NZ")).toBeTruthy();
    expect(screen.getByText("Last name: None → Underwood")).toBeTruthy();
    expect(screen.getByText("User account disabled by Wise-Sync")).toBeTruthy();
  });

  it("shows a change even if the activity was still being read", async () => {
    const at = "2020-02-02T12:00:00Z";
    let answerFirst: (response: Response) => void = () => undefined;
    const first = new Promise<Response>((resolve) => (answerFirst = resolve));
    let reads = 0;
    const { person } = open("/users/uma", {
      [`GET ${USER}/activity`]: () =>
        reads++ === 0 ? first : Response.json([{ at, what: "changed", fields: ["lastName"], changes: [] }]),
      [`PUT ${USER}`]: { ...UMA, lastName: "Upton" },
    });
    await person.type(await screen.findByLabelText(/^Last name/), "x");
    await waitFor(() => expect(reads).toBe(1));
    await person.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    answerFirst(Response.json([{ at, what: "logged-in", application: "Wise-Pay", fields: [], changes: [] }]));
    expect(await screen.findByText("Details changed by Wise-Sync")).toBeTruthy();
    expect(screen.queryByText("Logged in to Wise-Pay")).toBeNull();
  });
});

describe("the notification to Wise-Pay", () => {
  const notification = {
    id: "1",
    type: "user.disabled",
    reason: "admin",
    attempts: 3,
    createdAt: new Date().toISOString(),
    deactivated: [],
  };

  it.each([
    [{ ...notification, state: "waiting" }, /^Waiting, 3 attempts so far$/],
    [
      { ...notification, state: "failed", lastError: "Wise-Pay answered 400" },
      /^Failed on \w+ \d+, \d{4}, \d+:\d\d.[AP]M$/,
    ],
    [
      {
        ...notification,
        state: "delivered",
        deliveredAt: new Date().toISOString(),
        deactivated: [{ id: "1", user: "uma", kind: "proxy", name: "Proxy", status: "inactive" }],
      },
      /^Wise-Pay deactivated 1 link on \w+ \d+, \d{4}, \d+:\d\d.[AP]M$/,
    ],
  ])("is said in one line: %#", async (deactivation, words) => {
    open("/users/uma", {
      [`GET ${USER}`]: { ...UMA, enabled: false },
      [`GET ${USER}/deactivations`]: [deactivation],
    });
    expect(await screen.findByText(words)).toBeTruthy();
  });
});

it("shows the answer of Wise-Pay as soon as there is one", async () => {
  const waiting = {
    id: "1",
    state: "waiting",
    attempts: 0,
    createdAt: new Date().toISOString(),
    deactivated: [],
  };
  const answers = [[waiting], [{ ...waiting, state: "delivered" }]];
  open("/users/uma", {
    [`GET ${USER}`]: { ...UMA, enabled: false },
    [`GET ${USER}/deactivations`]: () => Response.json(answers.length > 1 ? answers.shift() : answers[0]),
  });
  expect(await screen.findByText("Notifying Wise-Pay…")).toBeTruthy();
  expect(await screen.findByText(/^Wise-Pay confirmed/)).toBeTruthy();
});

it.each([
  [0, 2_000],
  [30, 6_000],
  [3_600, 30_000],
])("polls less often the longer a deactivation waits: %i s", (seconds, interval) => {
  const createdAt = new Date(Date.now() - seconds * 1_000).toISOString();
  const polled = untilDelivered([{ state: "waiting", createdAt }]);
  expect(polled).toBeGreaterThanOrEqual(interval);
  expect(polled).toBeLessThan(interval + 1_000);
  expect(untilDelivered([{ state: "delivered", createdAt }])).toBe(false);
});

describe("if the details of a user cannot be read", () => {
  const failing = { [`GET ${USER}/details`]: refusal(500, { errorMessage: "Details failed" }) };

  it("the form and the other cards work, and a card shows its own failure", async () => {
    const { person, written } = open("/users/uma", {
      ...failing,
      [`GET ${USER}`]: { ...UMA, twoFactor: true },
      [`GET ${USER}/two-factor`]: refusal(500, { errorMessage: "Devices failed" }),
      [`GET ${USER}/sessions`]: [],
      [`PUT ${USER}`]: UMA,
    });
    expect(await screen.findByText("Devices failed")).toBeTruthy();
    expect(await screen.findByText("Not logged in anywhere.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Disable account" })).toBeTruthy();
    expect(screen.queryByText("Details failed")).toBeNull();
    await person.type(screen.getByLabelText(/^First name/), "x");
    await person.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    expect(written()[0]?.headers.get("If-Match")).toBe('"1"');
  });

  it("the deactivations of a disabled user are read with their own call", async () => {
    const createdAt = new Date().toISOString();
    open("/users/uma", {
      ...failing,
      [`GET ${USER}`]: { ...UMA, enabled: false },
      [`GET ${USER}/sessions`]: [],
      [`GET ${USER}/deactivations`]: [
        { id: "1", state: "delivered", attempts: 1, createdAt, deactivated: [] },
      ],
    });
    expect(await screen.findByText(/^Wise-Pay confirmed/)).toBeTruthy();
  });

  it("a user that is not found is not read again", async () => {
    const { sent } = open("/users/uma", { [`GET ${USER}/details`]: refusal(404) });
    expect(await screen.findByText("Not found")).toBeTruthy();
    expect(sent.map(({ call }) => call)).not.toContain(`GET ${USER}`);
  });
});

it("reads the companies again if a save is refused because of an unknown company", async () => {
  let reads = 0;
  const { person } = open("/users/uma", {
    "GET /accounts/acme/companies": () => Response.json(reads++ === 0 ? COMPANIES : COMPANIES.slice(0, 2)),
    [`PUT ${USER}`]: refusal(400, {
      errorMessage: "Unknown company",
      key: "wiseSyncCompanyUnknown",
      field: "companies",
    }),
  });
  await person.click(await screen.findByLabelText("US"));
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Unknown company")).toBeTruthy();
  await waitFor(() => expect(screen.queryByLabelText("US")).toBeNull());
});

describe("disabling", () => {
  const disable = async (links: object | (() => Response)) => {
    const opened = open("/users/uma", {
      [`GET ${USER}/wise-pay-links`]: links,
      [`POST ${USER}/disable`]: () => new Response(null, { status: 204 }),
    });
    await opened.person.click(await screen.findByRole("button", { name: "Disable account" }));
    const dialog = within(await screen.findByRole("dialog"));
    return { ...opened, dialog, confirm: () => dialog.getByRole("button", { name: "Disable account" }) };
  };

  it("needs a confirmation of the links that will stop", async () => {
    const links = [
      { id: "1", user: "uma", kind: "proxy", type: "Xero", name: "Shop", status: "active" },
      { id: "2", user: "uma", kind: "email-link", name: "Old", status: "inactive" },
    ];
    const { dialog, confirm, person, written } = await disable(links);
    expect(await dialog.findByText("1 proxy")).toBeTruthy();
    expect(dialog.queryByText("Old")).toBeNull();
    expect(confirm().getAttribute("aria-disabled")).toBe("true");
    expect(written()).toEqual([]);
    await person.click(dialog.getByRole("checkbox"));
    await person.click(confirm());
    expect(await screen.findByText("The user account of Uma Underwood was disabled")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual([`POST ${USER}/disable`]);
  });

  it("is possible if Wise-Pay cannot be reached", async () => {
    const { dialog, confirm, person, written } = await disable(refusal(502, { errorMessage: "away" }));
    expect(await dialog.findByText("Wise-Pay cannot be reached")).toBeTruthy();
    await person.click(dialog.getByRole("checkbox"));
    await person.click(confirm());
    await screen.findByText("The user account of Uma Underwood was disabled");
    expect(written()).toHaveLength(1);
  });
});
