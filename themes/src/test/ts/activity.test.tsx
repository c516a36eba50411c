import { readFileSync } from "node:fs";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
// A chunk, so that no test waits for it to be compiled.
import "../../main/ts/accounts/ActivityLog";
import de from "../../main/ts/messages/de.json";
import en from "../../main/ts/messages/en.json";
import { open, UMA, USER } from "./console";

const LOG = "/accounts/acme/activity";
const at = "2026-11-28T09:30:00Z";
const ADA = { id: "ada", username: "ada@acme.example" };
const ENTRY = {
  at,
  what: "changed",
  by: ADA,
  user: { id: "uma", username: "uma@acme.example" },
  fields: ["lastName"],
  changes: [{ field: "lastName", before: "Upton", after: "Underwood" }],
};

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...ENTRY,
    at: new Date(Date.parse(at) - index).toISOString(),
  }));

describe("the activity log", () => {
  it("names actor and user, with the values before and after", async () => {
    open("/activity", {
      [`GET ${LOG}`]: [
        ENTRY,
        { ...ENTRY, by: undefined, byDirectory: true, changes: [] },
        { at, what: "company-connected", company: "Acme Australia", fields: [], changes: [] },
        {
          at,
          what: "account-changed",
          fields: ["twoFactorMode"],
          changes: [{ field: "twoFactorMode", before: "optional", after: "required" }],
        },
      ],
    });
    expect(await screen.findByText("Last name: Upton → Underwood")).toBeTruthy();
    const [, first, directory, second] = screen.getAllByRole("row");
    expect(within(first as HTMLElement).getByText("ada@acme.example")).toBeTruthy();
    expect(within(first as HTMLElement).getByRole("link", { name: "uma@acme.example" })).toBeTruthy();
    expect(directory?.textContent).toContain("Directory (SCIM)");
    expect(second?.textContent).toContain("Wise-Sync");
    expect(second?.textContent).toContain("Company connected: Acme Australia");
    expect(screen.getByText("Second factor: Optional → Required")).toBeTruthy();
  });

  it("sends the filters in its address; a day ends in the reader's time zone", async () => {
    const { sent } = open("/activity?user=uma&kind=disabled&from=2026-11-01&to=2026-11-30&page=2", {
      [`GET ${LOG}`]: [ENTRY],
      [`GET ${USER}`]: UMA,
    });
    expect(await screen.findByRole("button", { name: "User: uma@acme.example" })).toBeTruthy();
    const asked = sent.find(({ call }) => call === `GET ${LOG}`)?.query;
    expect(Object.fromEntries(asked ?? [])).toEqual({
      user: "uma",
      kind: "disabled",
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 11, 1).toISOString(),
      first: "50",
      max: "51",
    });
  });

  it("links to older entries while there are any", async () => {
    const { person, router } = open("/activity", {
      [`GET ${LOG}`]: () => Promise.resolve(Response.json(many(51))),
    });
    await screen.findAllByText("Last name: Upton → Underwood");
    expect(screen.getAllByRole("row")).toHaveLength(51);
    await person.click(screen.getByRole("button", { name: "Older" }));
    await waitFor(() => expect(router.state.location.search).toBe("?page=2"));
  });

  it("shows the first page if the address names one beyond the end", async () => {
    const answers = [[], [ENTRY]];
    const { router } = open("/activity?page=99&kind=changed", {
      [`GET ${LOG}`]: () => Response.json(answers.shift()),
    });
    await screen.findByText("Last name: Upton → Underwood");
    expect(router.state.location.search).toBe("?kind=changed");
  });

  it("says that older entries may be missing", async () => {
    const answers = [
      Response.json([ENTRY], { headers: { "Wise-Sync-Truncated": "true" } }),
      Response.json([ENTRY]),
    ];
    const { person } = open("/activity?kind=changed", { [`GET ${LOG}`]: () => answers.shift() as Response });
    expect(await screen.findByText(/Older entries may be missing/)).toBeTruthy();
    await person.click(screen.getByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(screen.queryByText(/Older entries may be missing/)).toBeNull());
    expect(screen.getByText("Last name: Upton → Underwood")).toBeTruthy();
  });

  it("refuses a period that ends before it begins", async () => {
    const { sent } = open("/activity?from=2026-11-30&to=2026-11-01", { [`GET ${LOG}`]: [ENTRY] });
    expect(await screen.findByText("The end of the period is before its beginning.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Clear filters" })).toBeTruthy();
    expect(sent.filter(({ call }) => call === `GET ${LOG}`)).toEqual([]);
  });

  /** Clicks "Export as CSV". */
  const save = async (truncated: boolean) => {
    const download = vi.fn(() => "blob:file");
    URL.createObjectURL = download;
    URL.revokeObjectURL = () => undefined;
    const answers = [
      Response.json([ENTRY]),
      new Response("Time (UTC),By", { headers: { "Wise-Sync-Truncated": String(truncated) } }),
    ];
    const opened = open("/activity?kind=changed", { [`GET ${LOG}`]: () => answers.shift() as Response });
    await screen.findByText("Last name: Upton → Underwood");
    await opened.person.click(screen.getByRole("button", { name: "Export as CSV" }));
    await waitFor(() => expect(download).toHaveBeenCalledOnce());
    return opened;
  };

  it("is downloaded as a file, with the same filters", async () => {
    const { sent } = await save(false);
    expect(sent.at(-1)?.headers.get("Accept")).toBe("text/csv");
    expect(Object.fromEntries(sent.at(-1)?.query ?? [])).toEqual({ kind: "changed" });
    expect(screen.queryByText("The file does not contain all entries")).toBeNull();
  });

  it("warns of a file in which older entries are missing", async () => {
    await save(true);
    expect(await screen.findByText("The file does not contain all entries")).toBeTruthy();
    expect(screen.getByText(/choose an earlier period/)).toBeTruthy();
  });
});

it.each([
  ["en", en],
  ["de", de],
])("the file of the API uses the same words: %s", (language, messages) => {
  const properties = readFileSync(
    `../providers/src/main/resources/theme-resources/messages/messages_${language}.properties`,
    "utf8",
  );
  const inFile = Object.fromEntries(
    [...properties.matchAll(/^wiseSyncActivity\.([\w-]+)=(.*)$/gm)].map(([, kind, text]) => [kind, text]),
  );
  const values = Object.fromEntries(
    [...properties.matchAll(/^wiseSyncActivityValue\.([\w.]+)=(.*)$/gm)].map(([, value, text]) => [
      value,
      text,
    ]),
  );
  expect(values).toEqual({
    "enabled.true": messages.yes,
    "enabled.false": messages.no,
    "psa.autotask": messages.psaAutotask,
    "psa.other": messages.psaOther,
    "twoFactorMode.required": messages.twoFactorRequired,
    "twoFactorMode.optional": messages.twoFactorOptional,
    "package.xero": "Xero",
    "package.quickbooks": "QuickBooks",
    "package.myob": "MYOB",
  });
  expect(properties).toContain(`wiseSyncActivityDirectory=${messages.directory}\n`);
  expect(inFile).toEqual({
    "logged-in": messages.activityLoggedIn,
    "login-failed": messages.activityLoginFailed,
    "logged-out": messages.activityLoggedOut,
    "locked-out": messages.activityLockedOut,
    unlocked: messages.activityUnlocked,
    "sessions-ended": messages.activitySessionsEnded,
    impersonated: messages.activityImpersonated,
    created: messages.activityCreated,
    changed: messages.activityEdited,
    disabled: messages.activityDisabled,
    enabled: messages.activityEnabled,
    deleted: messages.activityDeleted,
    "password-changed": messages.activityPasswordChanged,
    "password-link-mailed": messages.activityPasswordLink,
    "invitation-mailed": messages.activityInvitationEmailed,
    "invitation-revoked": messages.activityInvitationRevoked,
    "device-added": messages.activityFactorAdded,
    "devices-removed": messages.activityFactorsRemoved,
    "autotask-stored": messages.activityAutotaskStored,
    "autotask-removed": messages.activityAutotaskRemoved,
    "autotask-read": messages.activityAutotaskRead,
    "scim-changed": messages.activityScimChanged,
    "scim-token-created": messages.activityScimTokenCreated,
    "scim-token-revoked": messages.activityScimTokenRevoked,
    "scim-companies-changed": messages.activityScimCompaniesChanged,
    "account-created": messages.activityAccountCreated,
    "account-changed": messages.activityAccountChanged,
    "company-connected": messages.activityCompanyConnected,
    "company-changed": messages.activityCompanyChanged,
    "company-disconnected": messages.activityCompanyDisconnected,
  });
});
