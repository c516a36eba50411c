import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { merge, type Profile } from "../../main/ts/users/profile";
import { ADMIN, open, refusal, UMA, USER } from "./console";

const BASE: Profile = {
  role: "user",
  companies: ["au", "nz"],
  firstName: "Uma",
  lastName: "Underwood",
  email: "uma@acme.example",
  username: "uma@acme.example",
};

describe("two changes of a profile", () => {
  it("are merged where they do not clash", () => {
    const { merged, clashes, adopted } = merge(
      BASE,
      { ...BASE, lastName: "Upton" },
      { ...BASE, firstName: "Una" },
    );
    expect(merged).toEqual({ ...BASE, firstName: "Una", lastName: "Upton" });
    expect(clashes).toEqual([]);
    expect(adopted).toEqual(["lastName"]);
  });

  it("do not clash when both are the same", () => {
    const same = { ...BASE, firstName: "Una" };
    expect(merge(BASE, same, { ...same, firstName: "Una " }).clashes).toEqual([]);
  });

  it("are merged company by company", () => {
    const { merged, clashes, adopted } = merge(
      BASE,
      { ...BASE, companies: ["au", "nz", "us"] },
      { ...BASE, companies: ["au", "uk"] },
    );
    expect([...merged.companies].sort()).toEqual(["au", "uk", "us"]);
    expect(clashes).toEqual([]);
    expect(adopted).toEqual(["companies"]);
  });

  it("clash when no company would be left", () => {
    expect(merge(BASE, { ...BASE, companies: ["au"] }, { ...BASE, companies: ["nz"] }).clashes).toEqual([
      "companies",
    ]);
  });

  it("clash when one assigns companies and the other changes the role from user", () => {
    const assigned = { ...BASE, companies: ["au", "nz", "us"] };
    const merchant: Profile = { ...BASE, role: "merchant-admin", companies: [] };
    const renamed = { ...merchant, lastName: "Upton" };
    expect(merge(BASE, renamed, assigned)).toEqual({
      merged: { ...assigned, lastName: "Upton" },
      clashes: ["role", "companies"],
      adopted: ["lastName"],
    });
    expect(merge(BASE, assigned, { ...BASE, role: "merchant-admin" })).toEqual({
      merged: { ...BASE, role: "merchant-admin" },
      clashes: ["role", "companies"],
      adopted: [],
    });
  });

  it("do not clash when both change the role from user", () => {
    const merchant: Profile = { ...BASE, role: "merchant-admin", companies: [] };
    const { clashes, adopted } = merge(BASE, merchant, { ...merchant, companies: ["us"] });
    expect(clashes).toEqual([]);
    expect(adopted).toEqual([]);
  });

  it("do not assign a company that was selected before the form chose a role without companies", () => {
    const merchant: Profile = { ...BASE, role: "merchant-admin", companies: [] };
    const { merged, clashes, adopted } = merge(
      merchant,
      { ...merchant, role: "user", companies: ["au"] },
      { ...merchant, companies: ["us"] },
    );
    expect(merged).toMatchObject({ role: "user", companies: ["au"] });
    expect(clashes).toEqual([]);
    expect(adopted).toEqual(["role", "companies"]);
  });
});

/** Uma's page, with another change saved before this one: first read, then read again after the refusal. */
const edit = async (other: object, activity: object[] = []) => {
  const reads = [UMA, { ...UMA, ...other }];
  const stale = refusal(412, { errorMessage: "Stale" });
  const puts: (() => Response)[] = [stale];
  const opened = open("/users/uma", {
    [`GET ${USER}`]: () =>
      new Response(JSON.stringify(reads.length > 1 ? reads.shift() : reads[0]), {
        headers: { "Content-Type": "application/json", ETag: `"${3 - reads.length}"` },
      }),
    [`PUT ${USER}`]: () => (puts.shift() ?? (() => Response.json({ ...UMA, ...other, firstName: "Una" })))(),
    [`GET ${USER}/activity`]: activity,
  });
  const firstName = await screen.findByLabelText(/^First name/);
  await opened.person.clear(firstName);
  await opened.person.type(firstName, "Una");
  await opened.person.click(screen.getByRole("button", { name: "Save" }));
  return opened;
};

const at = "2026-02-02T12:00:00Z";

describe("another change while a user is edited", () => {
  it("is kept without a question if it does not clash", async () => {
    const { written } = await edit({ lastName: "Upton" });
    expect(await screen.findByText("Saved. Changes made meanwhile were kept: Last name.")).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(written()[1]?.body).toMatchObject({ firstName: "Una", lastName: "Upton" });
    expect(written()[1]?.headers.get("If-Match")).toBe('"2"');
  });

  it("names the directory that made it", async () => {
    await edit({ firstName: "Ursula" }, [
      { at, what: "changed", byDirectory: true, fields: ["firstName"], changes: [] },
    ]);
    expect(await screen.findByText(/^Directory \(SCIM\) saved another change/)).toBeTruthy();
  });

  it("shows who made it and when, and asks which values to keep", async () => {
    const by = { id: "bob", username: "bob@acme.example" };
    const { person, written } = await edit({ firstName: "Ursula", lastName: "Upton" }, [
      { at, what: "changed", by, fields: ["firstName"], changes: [] },
    ]);
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByText(/^bob@acme.example saved another change on Feb 2, 2026/)).toBeTruthy();
    expect(dialog.getAllByRole("row")).toHaveLength(2);
    expect(dialog.getByText("Ursula")).toBeTruthy();
    await person.click(dialog.getByRole("button", { name: "Save mine" }));
    await screen.findByText("Saved. Changes made meanwhile were kept: Last name.");
    expect(written()[1]?.body).toMatchObject({ firstName: "Una", lastName: "Upton" });
  });

  it("names no other user if the same user made both changes", async () => {
    await edit({ firstName: "Ursula" }, [
      {
        at,
        what: "changed",
        by: { id: ADMIN.id, username: ADMIN.username },
        fields: ["firstName"],
        changes: [],
      },
    ]);
    expect(await screen.findByText(/^You saved another change in a different window/)).toBeTruthy();
  });

  it("can be kept", async () => {
    const { person, written } = await edit({ firstName: "Ursula" });
    await person.click(await screen.findByRole("button", { name: "Keep what is saved" }));
    expect((screen.getByLabelText(/^First name/) as HTMLInputElement).value).toBe("Ursula");
    expect(written()).toHaveLength(1);
  });

  it("asks which values to keep if the role no longer has companies", async () => {
    const merchant = { ...UMA, role: "merchant-admin", companies: [] };
    const reads = [UMA, merchant];
    const puts = [refusal(412, { errorMessage: "Stale" })];
    const { person, written } = open("/users/uma", {
      "GET /me": { ...ADMIN, account: { ...ADMIN.account, psa: "other" } },
      [`GET ${USER}`]: () => Response.json(reads.length > 1 ? reads.shift() : reads[0]),
      [`PUT ${USER}`]: () => (puts.shift() ?? (() => Response.json({ ...UMA, companies: ["au", "nz"] })))(),
    });
    await person.click(await screen.findByLabelText("NZ"));
    await person.click(screen.getByRole("button", { name: "Save" }));
    const dialog = within(await screen.findByRole("dialog"));
    const [, role, companies] = dialog.getAllByRole("row").map(({ textContent }) => textContent);
    expect(role).toContain("merchant-admin");
    expect(companies).toBe("CompaniesNoneAU, NZ");
    await person.click(dialog.getByRole("button", { name: "Save mine" }));
    await screen.findByText("Saved");
    expect(written()[1]?.body).toMatchObject({ role: "user", companies: ["au", "nz"] });
  });
});
