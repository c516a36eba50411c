import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LifecycleEvent } from "../../main/ts/api/client";
import { ADMIN, open } from "./console";

const STAFF = { "GET /me": { ...ADMIN, role: undefined, account: undefined, staff: true } };

const delivered: LifecycleEvent = {
  id: "1",
  type: "user.created",
  client: "wise-pay",
  user: { id: "uma", username: "uma@acme.example" },
  account: { id: "acme", name: "Acme MSP" },
  state: "delivered",
  attempts: 1,
  createdAt: "2026-11-28T09:00:00Z",
  deliveredAt: "2026-11-28T09:00:01Z",
};

const queue = (...events: LifecycleEvent[]) => ({
  ...STAFF,
  "GET /lifecycle": { total: events.length, clients: ["wise-pay", "wise-sync-app"], events },
});

describe("the lifecycle events", () => {
  it("show the user with a link, the type and the state", async () => {
    open(
      "/lifecycle",
      queue(delivered, {
        ...delivered,
        id: "2",
        type: "user.deleted",
        user: { id: "gone" },
        state: "failed",
        lastError: "The application answered 400.",
      }),
    );
    const grid = within(await screen.findByRole("grid"));
    expect((await grid.findByRole("link", { name: "uma@acme.example" })).getAttribute("href")).toBe(
      "/accounts/acme/users/uma",
    );
    expect(grid.getByText("Created")).toBeTruthy();
    expect(grid.getByText("The application answered 400.")).toBeTruthy();
    expect(grid.queryByRole("link", { name: "gone" })).toBeNull();
  });

  it("are filtered by application", async () => {
    const { person, sent } = open("/lifecycle", queue(delivered));
    await person.click(await screen.findByRole("button", { name: "Application: All applications" }));
    await person.click(await screen.findByRole("option", { name: "wise-sync-app" }));
    expect(await screen.findByRole("button", { name: "Send all users again" })).toBeTruthy();
    expect(sent.at(-1)?.query.get("client")).toBe("wise-sync-app");
  });

  it("are sent again after a confirmation", async () => {
    const { person, written } = open("/lifecycle?client=wise-pay", {
      ...queue(delivered),
      "POST /lifecycle/wise-pay/resend": () => new Response(null, { status: 204 }),
    });
    await person.click(await screen.findByRole("button", { name: "Send all users again" }));
    const question = within(await screen.findByRole("dialog"));
    expect(question.getByText("Send all users to wise-pay again?")).toBeTruthy();
    expect(written()).toEqual([]);
    await person.click(question.getByRole("button", { name: "Send all users again" }));
    expect(await screen.findByText("All users are being sent to wise-pay")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual(["POST /lifecycle/wise-pay/resend"]);
  });

  it("are called events in an empty list too", async () => {
    open("/lifecycle", queue());
    expect(await screen.findByText("No events")).toBeTruthy();
  });

  it("are for support only", async () => {
    const { router } = open("/lifecycle");
    await screen.findByRole("grid");
    expect(router.state.location.pathname).not.toBe("/lifecycle");
  });
});
