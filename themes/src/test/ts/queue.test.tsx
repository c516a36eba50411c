import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Deactivation } from "../../main/ts/api/client";
import { ADMIN, open, refusal } from "./console";

const STAFF = { "GET /me": { ...ADMIN, role: undefined, account: undefined, staff: true } };
const DONE = () => new Response(null, { status: 204 });

const failed: Deactivation = {
  id: "1",
  type: "user.disabled",
  reason: "admin",
  state: "failed",
  attempts: 1,
  createdAt: "2026-11-28T09:00:00Z",
  deactivated: [],
  user: { id: "uma", username: "uma@acme.example" },
};

const heldWith = (links: number): Deactivation => ({
  ...failed,
  id: "2",
  state: "held",
  reason: "comparison",
  lastError: "The user of these links is unknown here.",
  links: Array.from({ length: links }, (_, index) => ({
    id: String(index),
    user: "uma",
    kind: index % 2 === 0 ? "proxy" : "email-link",
    name: `Link ${index}`,
    status: "active",
  })),
});

const queue = (...deactivations: Deactivation[]) => ({
  ...STAFF,
  "GET /deactivations": { total: deactivations.length, deactivations },
});

const rows = async () => within(await screen.findByRole("grid"));
const dialog = async () => within(await screen.findByRole("dialog"));

it("shows the first links of a deactivation that deactivated many", async () => {
  const { links = [] } = heldWith(4000);
  open("/deactivations", queue({ ...failed, state: "delivered", deactivated: links }));
  const grid = await rows();
  expect((await grid.findAllByRole("listitem")).map(({ textContent }) => textContent)).toEqual([
    "Link 0",
    "Link 1",
    "Link 2",
    "and 3997 more",
  ]);
});

it("does not mention support to support", async () => {
  open("/deactivations", queue(failed, heldWith(1)));
  const grid = await rows();
  expect(await grid.findByText(/^Wise-Pay rejected .* Retry or dismiss it\.$/)).toBeTruthy();
  expect(grid.getByText("Held until you release or dismiss it", { exact: false })).toBeTruthy();
  expect(grid.queryByText(/support/)).toBeNull();
});

describe("a deactivation that is held", () => {
  it("shows the reason and the first affected links", async () => {
    open("/deactivations", queue(heldWith(6)));
    const grid = await rows();
    expect(await grid.findByText("The user of these links is unknown here.")).toBeTruthy();
    expect(grid.getByText("6 links would stop working:")).toBeTruthy();
    expect(grid.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "Link 0",
      "Link 1",
      "Link 2",
      "and 3 more",
    ]);
  });

  it("is released after a confirmation that lists the links", async () => {
    const { person, written } = open("/deactivations", {
      ...queue(heldWith(6)),
      "POST /deactivations/2/release": DONE,
    });
    await person.click(await screen.findByRole("button", { name: "Release" }));
    const question = await dialog();
    expect(question.getByText("6 Wise-Pay links will stop working")).toBeTruthy();
    expect(question.getByText("3 proxies")).toBeTruthy();
    expect(question.getByText("Link 5")).toBeTruthy();
    expect(written()).toEqual([]);
    await person.click(question.getByRole("button", { name: "Release" }));
    expect(await screen.findByText("Wise-Pay will be notified about uma@acme.example")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual(["POST /deactivations/2/release"]);
  });

  it.each([
    [heldWith(100), "At least 100 Wise-Pay links will stop working"],
    [{ ...heldWith(0), links: undefined }, /^The affected links are unknown/],
  ])("does not claim to know all links: %#", async (held, words) => {
    const { person } = open("/deactivations", queue(held as Deactivation));
    await person.click(await screen.findByRole("button", { name: "Release" }));
    expect((await dialog()).getByText(words)).toBeTruthy();
  });

  it("says why it cannot be released, and is read again", async () => {
    const { person, sent } = open("/deactivations", {
      ...queue(heldWith(1)),
      "POST /deactivations/2/release": refusal(409, { errorMessage: "The user is enabled again" }),
    });
    const reads = () => sent.filter(({ call }) => call === "GET /deactivations").length;
    await person.click(await screen.findByRole("button", { name: "Release" }));
    const before = reads();
    await person.click((await dialog()).getByRole("button", { name: "Release" }));
    expect(await screen.findByText("The user is enabled again")).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect(reads()).toBeGreaterThan(before));
  });
});

describe("the queue", () => {
  it.each([failed, heldWith(1)])("dismisses after a confirmation: %#", async (deactivation) => {
    const call = `POST /deactivations/${deactivation.id}/dismiss`;
    const { person, written } = open("/deactivations", { ...queue(deactivation), [call]: DONE });
    await person.click(await screen.findByRole("button", { name: "Dismiss" }));
    const question = await dialog();
    expect(question.getByText("Dismiss the notification about uma@acme.example?")).toBeTruthy();
    await person.click(question.getByRole("button", { name: "Cancel" }));
    expect(written()).toEqual([]);
    await person.click(screen.getByRole("button", { name: "Dismiss" }));
    await person.click((await dialog()).getByRole("button", { name: "Dismiss" }));
    expect(await screen.findByText("The notification about uma@acme.example was dismissed")).toBeTruthy();
    expect(written().map((request) => request.call)).toEqual([call]);
  });

  it("retries all failed deactivations", async () => {
    const { person, written } = open("/deactivations", {
      ...queue(failed, { ...failed, id: "3" }),
      "POST /deactivations/retry": { retried: 2 },
    });
    await person.click(await screen.findByRole("button", { name: "Retry all 2 failed notifications" }));
    expect(await screen.findByText("2 notifications are sent again")).toBeTruthy();
    expect(written().map(({ call }) => call)).toEqual(["POST /deactivations/retry"]);
  });

  it("has no buttons if nothing failed", async () => {
    open("/deactivations", { ...queue(), "GET /deactivations": { total: 0, deactivations: [] } });
    expect(await screen.findByText("No notifications")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Retry/ })).toBeNull();
  });

  it.each(["waiting", "held", "delivered", "failed", "dismissed"])(
    "is filtered by state: %s",
    async (state) => {
      const { sent } = open(`/deactivations?status=${state}`, queue(failed));
      await rows();
      expect(sent.some(({ query }) => query.get("status") === state && query.get("max") === "20")).toBe(true);
    },
  );
});
