import { onlineManager } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { isUnreachable, reach, Unreachable } from "../../main/ts/api/errors";
import { drafts } from "../../main/ts/session/drafts";
import { session } from "../../main/ts/session/session";
import { keycloak } from "../../main/ts/session/keycloak";
import { open, refusal, UMA, USER } from "./console";
import { network } from "./network";

afterEach(() => onlineManager.setOnline(true));

describe("a lost connection", () => {
  it("is not the message for a defect of the console", async () => {
    expect(isUnreachable(new TypeError("undefined is not a function"))).toBe(false);
    network.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    await expect(reach("/")).rejects.toBeInstanceOf(Unreachable);
  });

  it("is reported until it is back", async () => {
    const { person } = open("/users/uma", {
      [`PUT ${USER}`]: () => Promise.reject(new TypeError("Failed to fetch")),
    });
    await person.type(await screen.findByLabelText(/^First name/), "x");
    await person.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(/^No connection to the server/)).toBeTruthy();
    act(() => onlineManager.setOnline(false));
    act(() => onlineManager.setOnline(true));
    await waitFor(() => expect(screen.queryByText(/^No connection to the server/)).toBeNull());
    expect((screen.getByLabelText(/^First name/) as HTMLInputElement).value).toBe("Umax");
  });

  it("is named in messages too", async () => {
    const { person } = open("/users/uma", {
      [`POST ${USER}/reset-password`]: () => Promise.reject(new TypeError("Failed to fetch")),
    });
    await person.click(await screen.findByRole("button", { name: "Email a password link" }));
    expect(await screen.findByText(/^No connection to the server/)).toBeTruthy();
    act(() => onlineManager.setOnline(false));
    act(() => onlineManager.setOnline(true));
    await waitFor(() => expect(screen.queryByText(/^No connection to the server/)).toBeNull());
  });
});

it("keeps the draft of a form when a step-up is cancelled", async () => {
  const stored = { username: "uma@autotask.example", passwordSet: true };
  const { person } = open("/users/uma/autotask", { [`GET ${USER}/autotask-account`]: stored });
  await person.click(await screen.findByRole("button", { name: "Edit Autotask username" }));
  await person.type(screen.getByRole("textbox", { name: /^Autotask username/ }), "x");
  keycloak.idTokenParsed = { auth_time: 0 };
  await person.click(screen.getByRole("button", { name: "Replace password" }));
  await person.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }));
  // As for a login after the session has ended.
  drafts.saveAll();
  expect(drafts.take("autotask.uma")).toMatchObject({ editsUsername: true, editsPassword: false });
});

it("shows an automatic value it refused, and accepts it on request", async () => {
  const { person, written } = open("/users/uma", { [`PUT ${USER}`]: UMA });
  const { AUTOMATIC_INPUT } = await import("../../main/ts/typedOnly");
  const field = await screen.findByLabelText(/^First name/);
  act(() => {
    field.dispatchEvent(new CustomEvent(AUTOMATIC_INPUT, { detail: "Ursula" }));
  });
  expect(screen.getByText(/^“Ursula” was filled in automatically and not accepted/)).toBeTruthy();
  await person.click(screen.getByRole("button", { name: "Use it" }));
  await person.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved");
  expect(written()[0]?.body).toMatchObject({ firstName: "Ursula" });
});

it("guards fields with personal data and passwords, and no others", async () => {
  const { person } = open("/users");
  const search = await screen.findByRole("textbox", { name: "Search name, username or email" });
  expect("personal" in search.dataset || "secret" in search.dataset).toBe(false);
  await person.click(await screen.findByRole("link", { name: "Create new user" }));
  expect("personal" in (await screen.findByLabelText(/^Email address/)).dataset).toBe(true);
});

it("keeps the wording of an open dialog: disabling does not turn into enabling", async () => {
  let enabled = true;
  const { person } = open("/users/uma", {
    [`GET ${USER}`]: () => Promise.resolve(Response.json({ ...UMA, enabled })),
    [`GET ${USER}/wise-pay-links`]: [],
    [`POST ${USER}/disable`]: () => {
      enabled = false;
      return new Response(null, { status: 204 });
    },
  });
  await person.click(await screen.findByRole("button", { name: "Disable account" }));
  const seen: string[] = [];
  const observer = new MutationObserver(() => {
    const title = document.querySelector("[role=dialog] h1")?.textContent;
    if (title) {
      seen.push(title);
    }
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  const dialog = within(screen.getByRole("dialog"));
  await dialog.findByText(/^This user has no active Wise-Pay links/);
  await person.click(dialog.getByRole("button", { name: "Disable account" }));
  await screen.findByRole("button", { name: "Enable account" });
  observer.disconnect();
  expect(seen.filter((title) => title.includes("Enable"))).toEqual([]);
});

it("shows the condition for the button of a dialog next to it", async () => {
  const { person } = open("/users/uma", { [`GET ${USER}/wise-pay-links`]: refusal(502) });
  await person.click(await screen.findByRole("button", { name: "Disable account" }));
  const checkbox = await screen.findByRole("checkbox");
  expect(checkbox.closest("footer")).toBeTruthy();
  expect(checkbox.closest("footer")?.textContent).toContain("Disable account");
  session.dismiss();
});
