import { cleanup, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { keycloak } from "../../main/ts/session/keycloak";
import { session } from "../../main/ts/session/session";
import { open } from "./console";

it.each([
  ["with a new login", 1, "You are logged in again. Your unsaved changes are still here."],
  ["without one", 0, "Your unsaved changes are still here."],
])("unsaved changes are there after the login page, %s", async (_, later, words) => {
  vi.spyOn(keycloak, "login").mockResolvedValue();
  const { person } = open("/users/uma");
  await person.type(await screen.findByLabelText(/^First name/), "!");
  keycloak.idTokenParsed = { auth_time: 1000 };
  await session.logInAgain();
  cleanup();
  open("/users/uma");
  keycloak.idTokenParsed = { auth_time: 1000 + later };
  expect(await screen.findByText(words)).toBeTruthy();
});
