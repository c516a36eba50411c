import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { difference } from "../../main/ts/users/permissions";
import { ADMIN, open, refusal } from "./console";
import { REALM_ROLES } from "./realmRoles";

const OTHER_PSA = { "GET /me": { ...ADMIN, account: { ...ADMIN.account, psa: "other" } } };

const ALL = new Set(REALM_ROLES.flatMap(({ permissions }) => permissions));

const compare = async (answers = {}) => {
  const opened = open("/users/new", answers);
  const link = await screen.findByRole("button", { name: "Compare permissions" });
  const reads = () => opened.sent.filter(({ call }) => call === "GET /roles").length;
  expect(reads()).toBe(0);
  await opened.person.click(link);
  const dialog = within(await screen.findByRole("dialog"));
  const cells = async (permission: string) => {
    const row = (await dialog.findByText(permission)).closest("tr");
    return [...(row?.querySelectorAll("td") ?? [])].map(({ textContent }) => textContent?.trim());
  };
  return { ...opened, dialog, cells, reads };
};

it("compares the permissions of the realm's roles, each in words", async () => {
  const { dialog, cells } = await compare();
  expect(await cells("Users: disable")).toEqual(["Users: disable", "Yes", "–No", "–No", "–No"]);
  expect(dialog.getAllByRole("row")).toHaveLength(ALL.size + 1);
  for (const permission of ALL) {
    expect(dialog.queryByText(permission)).toBeNull();
  }
});

it("reads the permissions when the table is opened", async () => {
  const { dialog, cells, reads } = await compare({
    "GET /roles": [
      { name: "account-admin", permissions: ["wise-pay/added-later", "wise-sync-app/use"] },
      { name: "user", permissions: ["wise-sync-app/disable-users", "wise-sync-app/use"] },
    ],
  });
  expect(await cells("Users: disable")).toEqual(["Users: disable", "–No", "Yes", "–No", "–No"]);
  expect(dialog.getAllByRole("row").map((row) => row.querySelector("td")?.textContent)).toEqual([
    undefined,
    "Wise-Sync: log in",
    "Users: disable",
    "wise-pay/added-later",
  ]);
  expect(reads()).toBe(1);
});

it("says why the permissions cannot be compared", async () => {
  const { dialog } = await compare({ "GET /roles": refusal(500, { errorMessage: "Out of order" }) });
  expect(await dialog.findByText("Out of order")).toBeTruthy();
  expect(dialog.queryByRole("grid")).toBeNull();
});

it("lists the permissions that a change of role adds and removes", () => {
  const { lost, gained } = difference(REALM_ROLES, "user", "merchant-user");
  expect(lost).toContain("wise-sync-app/sync-invoices");
  expect(gained).toContain("wise-pay/manage-invoices");
  expect(difference(REALM_ROLES, "merchant-user", "merchant-admin")).toEqual({
    lost: [],
    gained: ["wise-pay/edit-merchant-settings"],
  });
});

it("shows these permissions before a change of role is saved", async () => {
  const { person, written } = open("/users/uma", OTHER_PSA);
  await person.click(await screen.findByLabelText("merchant-user"));
  const change = (await screen.findByText("The role changes from user to merchant-user")).closest(
    "[role=status]",
  ) as HTMLElement;
  expect(await within(change).findByText("Sync: invoices")).toBeTruthy();
  expect(within(change).getByText("Wise-Pay: payers")).toBeTruthy();
  expect(within(change).getByText("The assigned companies are removed.")).toBeTruthy();
  expect(written()).toEqual([]);
});

it("says why it cannot list the permissions, and can still be saved", async () => {
  const { person } = open("/users/uma", {
    ...OTHER_PSA,
    "GET /roles": refusal(500, { errorMessage: "Out of order" }),
  });
  await person.click(await screen.findByLabelText("merchant-user"));
  expect(await screen.findByText("Out of order")).toBeTruthy();
  const save = screen.getByRole("button", { name: "Save" });
  await waitFor(() => expect(save.getAttribute("aria-disabled")).not.toBe("true"));
});
