import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ADMIN, open, refusal, UMA, USER } from "./console";

type Person = ReturnType<typeof open>["person"];

const button = (name: string) => screen.findByRole("button", { name });
const dialog = async () => within(await screen.findByRole("dialog"));
const stored = { username: "uma", passwordSet: true };
const waiting = {
  id: "1",
  type: "user.disabled",
  reason: "admin",
  state: "failed",
  attempts: 1,
  createdAt: "2020-02-02T12:00:00Z",
  deactivated: [],
};
const queue = (deactivation: object) => ({
  "GET /me": { ...ADMIN, role: undefined, account: undefined, staff: true },
  "GET /deactivations": { total: 1, deactivations: [deactivation] },
});
const checked = { dryRun: true, total: 1, created: 0, rows: [{ row: 1, outcome: "valid", errors: [] }] };

/** One row per slow action: its page, its call, and the steps that end with its button. */
const actions: Record<
  string,
  { at?: string; call: string; answers?: object; press: (person: Person) => Promise<HTMLElement> }
> = {
  "creating a user": {
    at: "/users/new",
    call: "POST /accounts/acme/users",
    press: async (person) => {
      await person.click(await screen.findByLabelText("merchant-user"));
      await person.type(screen.getByLabelText(/^First name/), "Ann");
      await person.type(screen.getByLabelText(/^Last name/), "Other");
      await person.type(screen.getByLabelText(/^Email address/), "ann@acme.example");
      return button("Save");
    },
  },
  "saving a user": {
    call: `PUT ${USER}`,
    press: async (person) => {
      await person.type(await screen.findByLabelText(/^First name/), "x");
      return button("Save");
    },
  },
  disabling: {
    call: `POST ${USER}/disable`,
    answers: { [`GET ${USER}/wise-pay-links`]: [] },
    press: async (person) => {
      await person.click(await button("Disable account"));
      await screen.findByText(/^This user has no active Wise-Pay links/);
      return (await dialog()).getByRole("button", { name: "Disable account" });
    },
  },
  enabling: {
    call: `POST ${USER}/enable`,
    answers: { [`GET ${USER}`]: { ...UMA, enabled: false } },
    press: async (person) => {
      await person.click(await button("Enable account"));
      return (await dialog()).getByRole("button", { name: "Enable account" });
    },
  },
  "mailing a link": {
    call: `POST ${USER}/reset-password`,
    press: () => button("Email a password link"),
  },
  "a new password": {
    call: `PUT ${USER}/password`,
    press: async (person) => {
      await person.click(await button("Update password"));
      await person.type(screen.getByLabelText(/^New password/), "sunflower");
      await person.type(screen.getByLabelText(/^Confirm password/), "sunflower");
      return button("Save password");
    },
  },
  "removing second factors": {
    call: `DELETE ${USER}/two-factor`,
    answers: { [`GET ${USER}`]: { ...UMA, twoFactor: true }, [`GET ${USER}/two-factor`]: [] },
    press: async (person) => {
      await person.click(await button("Remove second factors"));
      return (await dialog()).getByRole("button", { name: "Remove second factors" });
    },
  },
  "replacing the Autotask account": {
    at: "/users/uma/autotask",
    call: `PUT ${USER}/autotask-account`,
    answers: { [`GET ${USER}/autotask-account`]: stored },
    press: async (person) => {
      await person.click(await button("Replace password"));
      await person.type(screen.getByLabelText(/^Autotask password/), "sunflower");
      await person.type(screen.getByLabelText(/^Confirm password/), "sunflower");
      return button("Save");
    },
  },
  "removing the Autotask account": {
    at: "/users/uma/autotask",
    call: `DELETE ${USER}/autotask-account`,
    answers: { [`GET ${USER}/autotask-account`]: stored },
    press: async (person) => {
      await person.click(await button("Remove Autotask account"));
      return (await dialog()).getByRole("button", { name: "Remove Autotask account" });
    },
  },
  "trying a deactivation again": {
    at: "/deactivations",
    call: "POST /deactivations/1/retry",
    answers: queue(waiting),
    press: () => button("Retry"),
  },
  "trying all again": {
    at: "/deactivations",
    call: "POST /deactivations/retry",
    answers: queue(waiting),
    press: () => button("Retry 1 failed notification"),
  },
  "releasing a deactivation": {
    at: "/deactivations",
    call: "POST /deactivations/1/release",
    answers: queue({ ...waiting, state: "held" }),
    press: async (person) => {
      await person.click(await button("Release"));
      return (await dialog()).getByRole("button", { name: "Release" });
    },
  },
  "dismissing a deactivation": {
    at: "/deactivations",
    call: "POST /deactivations/1/dismiss",
    answers: queue(waiting),
    press: async (person) => {
      await person.click(await button("Dismiss"));
      return (await dialog()).getByRole("button", { name: "Dismiss" });
    },
  },
  "sending an invitation again": {
    call: `POST ${USER}/invitation`,
    answers: { [`GET ${USER}`]: { ...UMA, invitation: { state: "revoked" } } },
    press: () => button("Send again"),
  },
  "revoking an invitation": {
    call: `DELETE ${USER}/invitation`,
    answers: { [`GET ${USER}`]: { ...UMA, invitation: { state: "waiting" } } },
    press: async (person) => {
      await person.click(await button("Revoke"));
      return (await dialog()).getByRole("button", { name: "Revoke" });
    },
  },
  unlocking: {
    call: `POST ${USER}/unlock`,
    answers: { [`GET ${USER}`]: { ...UMA, lockedUntil: new Date(Date.now() + 3_600_000).toISOString() } },
    press: () => button("Unlock"),
  },
  "logging out everywhere": {
    call: `DELETE ${USER}/sessions`,
    answers: {
      [`GET ${USER}/sessions`]: [
        { id: "1", startedAt: waiting.createdAt, lastAccess: waiting.createdAt, clients: [] },
      ],
    },
    press: async (person) => {
      await person.click(await button("Log out everywhere"));
      return (await dialog()).getByRole("button", { name: "Log out everywhere" });
    },
  },
};

/** An answer that comes when a test says so. */
const held = () => {
  let release: (answer: Response) => void = () => undefined;
  const answer = new Promise<Response>((resolve) => (release = resolve));
  return { answer: () => answer, release };
};

/** Disabled, or marked as disabled so that it keeps the focus. */
const isOff = (pressed: HTMLElement) =>
  (pressed as HTMLButtonElement).disabled || pressed.getAttribute("aria-disabled") === "true";

const isWorking = (pressed: HTMLElement) =>
  expect(within(pressed).getByRole("progressbar") && isOff(pressed)).toBe(true);

it.each(Object.entries(actions))("shows progress, and is done once: %s", async (_, action) => {
  const { answer } = held();
  const { person, written } = open(action.at ?? "/users/uma", {
    ...action.answers,
    [action.call]: answer,
  });
  const pressed = await action.press(person);
  await person.click(pressed);
  await waitFor(() => isWorking(pressed));
  await person.click(pressed);
  await person.keyboard("{Enter}");
  expect(written().map(({ call }) => call)).toEqual([action.call]);
});

it("shows progress while a file is checked, and while it is imported", async () => {
  const check = held();
  const real = held();
  const answers = [check, real].map(({ answer }) => answer);
  const { person, written } = open("/users", {
    "POST /accounts/acme/users/import": () => answers.shift()!(),
  });
  await person.click(await button("More actions"));
  await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
  const inDialog = await dialog();
  const file = new File(["role,email\r\n"], "users.csv", { type: "text/csv" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]")!;
  await person.upload(input, file);
  expect(await inDialog.findByRole("progressbar", { name: "Checking the file" })).toBeTruthy();
  isWorking(inDialog.getByRole("button", { name: /Import$/ }));
  check.release(new Response(JSON.stringify(checked), { headers: { "Content-Type": "application/json" } }));
  await person.click(await inDialog.findByRole("button", { name: "Import 1 user" }));
  await waitFor(() => isWorking(inDialog.getByRole("button", { name: /Import 1 user$/ })));
  await person.keyboard("{Escape}");
  expect(screen.getByRole("dialog")).toBeTruthy();
  await person.click(inDialog.getByRole("button", { name: "Cancel" }));
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(written().map(({ query }) => query.get("dryRun"))).toEqual(["true", null]);
  expect(written()[1]?.headers.get("Prefer")).toBe("respond-async");
});

it("shows the progress of an import, also after the page was loaded again", async () => {
  sessionStorage.setItem("wise-sync.import.acme", "7");
  const states = [
    { state: "running", done: 1, total: 2 },
    { state: "done", done: 2, total: 2, report: { ...checked, dryRun: false, total: 2, created: 2 } },
  ];
  const { written } = open("/users", {
    "GET /accounts/acme/imports/7": () => Response.json(states.shift()!),
  });
  const bar = await screen.findByRole("progressbar", { name: /Importing/ });
  expect(bar.getAttribute("aria-valuetext")).toBe("1 of 2 rows");
  expect(await screen.findByText("2 users were imported", {}, { timeout: 5_000 })).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(sessionStorage.getItem("wise-sync.import.acme")).toBeNull();
  expect(written()).toEqual([]);
});

it("keeps asking for an import while a proxy answers instead of the server", async () => {
  sessionStorage.setItem("wise-sync.import.acme", "7");
  const report = { ...checked, dryRun: false, total: 2, created: 2 };
  const states = [
    () => Response.json({ state: "running", done: 1, total: 2 }),
    refusal(504),
    () => Response.json({ state: "done", done: 2, total: 2, report }),
  ];
  open("/users", { "GET /accounts/acme/imports/7": () => states.shift()!() });
  const note = /state of the import cannot be read at the moment/;
  expect(await screen.findByText(note, {}, { timeout: 5_000 })).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: /Importing/ })).toBeTruthy();
  expect(screen.queryByText(/Danger alert/)).toBeNull();
  expect(await screen.findByText("2 users were imported", {}, { timeout: 5_000 })).toBeTruthy();
});

it("shows the import that is already running, and then checks the file again", async () => {
  const running = { errorMessage: "Another import of this account is still running." };
  const location = { Location: "http://localhost/accounts/acme/imports/7" };
  const posts = [
    () => Response.json(checked),
    refusal(502),
    refusal(409, running, location),
    () => Response.json(checked),
  ];
  const states = [
    { state: "running", done: 1, total: 2 },
    { state: "done", done: 2, total: 2, report: { ...checked, dryRun: false, total: 2, created: 2 } },
  ];
  const { person, written } = open("/users", {
    "POST /accounts/acme/users/import": () => posts.shift()!(),
    "GET /accounts/acme/imports/7": () => Response.json(states.length > 1 ? states.shift() : states[0]),
  });
  await person.click(await button("More actions"));
  await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
  const inDialog = await dialog();
  const file = new File(["role,email\r\n"], "users.csv", { type: "text/csv" });
  await person.upload(document.querySelector<HTMLInputElement>("input[type=file]")!, file);
  await person.click(await inDialog.findByRole("button", { name: "Import 1 user" }));
  await waitFor(() => expect(written()).toHaveLength(2));
  await person.click(await inDialog.findByRole("button", { name: "Import 1 user" }));
  expect(await inDialog.findByText(/your file is checked again/)).toBeTruthy();
  expect(sessionStorage.getItem("wise-sync.import.acme")).toBeNull();
  expect(await screen.findByText("2 users were imported", {}, { timeout: 5_000 })).toBeTruthy();
  await waitFor(() =>
    expect(written().map(({ query }) => query.get("dryRun"))).toEqual(["true", null, null, "true"]),
  );
  expect(await inDialog.findByText("1 row checked: ready to import")).toBeTruthy();
});

it("says why an import failed, with the cells of the spreadsheet", async () => {
  sessionStorage.setItem("wise-sync.import.acme", "7");
  const errors = [{ errorMessage: "Enter a value.", field: "email", column: "C" }];
  const rows = [{ row: 1, line: 3, outcome: "invalid", errors }];
  const report = { ...checked, dryRun: false, rows, errorMessage: "Nothing was imported." };
  open("/users", { "GET /accounts/acme/imports/7": { state: "failed", done: 0, total: 1, report } });
  expect(await (await dialog()).findByText("C3: Email address: Enter a value.")).toBeTruthy();
});

it("forgets an import whose result was deleted", async () => {
  sessionStorage.setItem("wise-sync.import.acme", "7");
  open("/users", { "GET /accounts/acme/imports/7": refusal(404) });
  await waitFor(() => expect(sessionStorage.getItem("wise-sync.import.acme")).toBeNull());
});

it.each(["users.csv", "users.txt", "users.tsv"])("checks a file named %s", async (name) => {
  const { person, written } = open("/users", { "POST /accounts/acme/users/import": checked });
  await person.click(await button("More actions"));
  await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
  await screen.findByRole("dialog");
  await person.upload(
    document.querySelector<HTMLInputElement>("input[type=file]")!,
    new File(["x"], name, { type: "text/plain" }),
  );
  await waitFor(() => expect(written()).toHaveLength(1));
});

it("lists each problem of a row with its cell", async () => {
  const { person } = open("/users", {
    "POST /accounts/acme/users/import": {
      ...checked,
      rows: [
        {
          row: 1,
          line: 4,
          email: "uma@acme.example",
          outcome: "invalid",
          errors: [
            { column: "AB", field: "email", errorMessage: "Taken" },
            { column: "A", field: "role", errorMessage: "Choose one of: user." },
            { errorMessage: "Column H contains a value but has no title." },
          ],
        },
      ],
    },
  });
  await person.click(await button("More actions"));
  await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
  const inDialog = await dialog();
  await person.upload(
    document.querySelector<HTMLInputElement>("input[type=file]")!,
    new File(["x"], "users.csv", { type: "text/csv" }),
  );
  const problems = within(
    await inDialog.findByRole("grid", { name: "Rows that cannot be imported" }),
  ).getAllByRole("listitem");
  expect(problems.map(({ textContent }) => textContent)).toEqual([
    "A4: Role: Choose one of: user.",
    "AB4: Email address: Taken.",
    "Column H contains a value but has no title.",
  ]);
});

it("imports CSV files only", async () => {
  const { person, written } = open("/users");
  await person.click(await button("More actions"));
  await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
  await screen.findByRole("dialog");
  const picture = new File(["x"], "users.png", { type: "image/png" });
  await userEvent
    .setup({ applyAccept: false })
    .upload(document.querySelector<HTMLInputElement>("input[type=file]")!, picture);
  expect(await screen.findByText("Choose a CSV file (.csv, .txt or .tsv) of at most 2 MB")).toBeTruthy();
  expect(written()).toEqual([]);
});

it("shows progress while a list is exported", async () => {
  const page = held();
  const list = { total: 1, users: [UMA] };
  const lists = [() => Promise.resolve(Response.json(list)), page.answer];
  URL.createObjectURL = vi.fn(() => "blob:x");
  URL.revokeObjectURL = vi.fn();
  const { person } = open("/users", { "GET /accounts/acme/users": () => lists.shift()!() });
  await person.click(await button("More actions"));
  await person.click(await screen.findByRole("menuitem", { name: "Export as CSV" }));
  const toggle = await button("More actions");
  await waitFor(() => isWorking(toggle));
  expect(toggle.getAttribute("aria-busy")).toBe("true");
  page.release(Response.json(list));
  expect(await screen.findByText("1 user exported")).toBeTruthy();
  await waitFor(() => expect((toggle as HTMLButtonElement).disabled).toBe(false));
});
