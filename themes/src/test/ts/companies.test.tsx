import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { open } from "./console";

const FORTY = Array.from({ length: 40 }, (_, index) => ({
  id: `c${index}`,
  name: index < 5 ? `North ${index}` : `South ${index}`,
  package: "xero",
  users: 0,
}));

const choose = async () => {
  const opened = open("/users/new", {
    "GET /accounts/acme/companies": FORTY,
    "POST /accounts/acme/users": {},
  });
  await opened.person.click(await screen.findByLabelText("user"));
  await opened.person.type(screen.getByRole("textbox", { name: "Search companies" }), "north");
  return opened;
};

it("selects all companies that are shown, and no others", async () => {
  const { person, written } = await choose();
  await person.click(screen.getByRole("button", { name: "Select these 5" }));
  expect(screen.getByText("5 of 40 selected")).toBeTruthy();

  await person.type(screen.getByLabelText(/^First name/), "Ann");
  await person.type(screen.getByLabelText(/^Last name/), "Other");
  await person.type(screen.getByLabelText(/^Email address/), "ann@acme.example");
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(written()[0]?.body).toMatchObject({ companies: ["c0", "c1", "c2", "c3", "c4"] });
});

it("deselects only what is shown", async () => {
  const { person } = await choose();
  await person.click(screen.getByRole("button", { name: "Clear search" }));
  await person.click(screen.getByRole("button", { name: "Select all" }));
  expect(screen.getByText("40 of 40 selected")).toBeTruthy();
  await person.type(screen.getByRole("textbox", { name: "Search companies" }), "north");
  await person.click(screen.getByRole("button", { name: "Deselect these 5" }));
  expect(screen.getByText("35 of 40 selected")).toBeTruthy();
});

it("says so when no company matches", async () => {
  const { person } = await choose();
  await person.type(screen.getByRole("textbox", { name: "Search companies" }), " west");
  expect(screen.getByText("No company found")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Select/ })).toBeNull();
  expect(within(document.body).getByText("0 of 40 selected")).toBeTruthy();
});
