import { screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { open } from "./console";
import { showFailure } from "../../main/ts/failure";
import { stockConsole } from "../../main/ts/stock";
import { network } from "./network";

// A browser throws this error without a network, and after a new build has replaced the file.
const unavailable = vi.hoisted(
  () => () => Promise.reject(new TypeError("Failed to fetch dynamically imported module")),
);
vi.mock("../../main/ts/users/EditUser", unavailable);
vi.mock("../../main/ts/users/ImportUsers", unavailable);

const words = /^This part of the console could not be loaded\./;

beforeEach(() => {
  // React and the page log the error.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

it("says so in place of a page that can't be loaded, and tries again", async () => {
  const { person } = open("/users/uma");
  expect((await screen.findByRole("alert")).textContent).toMatch(words);
  const asked: (Request | string)[] = [];
  network.answer = (request) => {
    asked.push(request);
    return Promise.reject(new TypeError("Still no network"));
  };
  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect(asked).toEqual(["/admin/wise-sync/console/"]);
});

it("says so when a part of a page can't be loaded", async () => {
  const { person } = open("/users");
  await person.click(await screen.findByRole("button", { name: "More actions" }));
  await person.click(await screen.findByRole("menuitem", { name: "Import users" }));
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

it.each([
  ["the network is lost", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["it isn't there", () => Promise.resolve(new Response(null, { status: 404 }))],
])("says so when Keycloak's own console can't be loaded, because %s", async (_, answer) => {
  const app = document.createElement("div");
  app.id = "app";
  document.body.append(app);
  network.answer = answer;
  await stockConsole.start("Back").catch(showFailure);
  expect(screen.getByRole("alert").textContent).toMatch(words);
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  app.remove();
});
