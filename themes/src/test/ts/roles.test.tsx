import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { difference, PERMISSIONS } from "../../main/ts/users/permissions";
import { ADMIN, open } from "./console";

const OTHER_PSA = { "GET /me": { ...ADMIN, account: { ...ADMIN.account, psa: "other" } } };

it("compares the permissions of the realm's roles, each in words", async () => {
  const { person } = open("/users/new");
  await person.click(await screen.findByRole("button", { name: "Compare permissions" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getAllByRole("row")).toHaveLength(PERMISSIONS.length + 1);
  const row = dialog.getByText("Users: disable").closest("tr");
  expect([...(row?.querySelectorAll("td") ?? [])].map(({ textContent }) => textContent?.trim())).toEqual([
    "Users: disable",
    "Yes",
    "–No",
    "–No",
    "–No",
  ]);
  for (const permission of PERMISSIONS) {
    expect(dialog.queryByText(permission)).toBeNull();
  }
});

it("lists the permissions that a change of role adds and removes", () => {
  const { lost, gained } = difference("user", "merchant-user");
  expect(lost).toContain("wise-sync-app/sync-invoices");
  expect(gained).toContain("wise-pay/manage-invoices");
  expect(difference("merchant-user", "merchant-admin")).toEqual({
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
  expect(within(change).getByText("Sync: invoices")).toBeTruthy();
  expect(within(change).getByText("Wise-Pay: payers")).toBeTruthy();
  expect(within(change).getByText("The assigned companies are removed.")).toBeTruthy();
  expect(written()).toEqual([]);
});
