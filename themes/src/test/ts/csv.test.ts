import { beforeEach, describe, expect, it } from "vitest";
import type { Company, User } from "../../main/ts/api/client";
import { companiesOf, exportOf, importTemplate } from "../../main/ts/users/csv";

const named = (lastName: string): User => ({
  id: "1",
  username: "uma@acme.example",
  lastName,
  companies: [],
  enabled: true,
  twoFactor: false,
});

const exported = (lastName: string) =>
  exportOf([named(lastName)], [{ title: "Name", of: (user) => user.lastName ?? "" }]);

describe("an export", () => {
  it("quotes values with a comma or a quote", () => {
    expect(exported('O"Hara, Uma')).toBe('"Name"\r\n"O""Hara, Uma"\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("contains no formula: %s", (name) => {
    expect(exported(name)).toBe(`"Name"\r\n"'${name}"\r\n`);
  });

  it.each([
    ["x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0"],
    ["x, +1", "x,' +1"],
    ["First|-Second|＝Third", "First|'-Second|'＝Third"],
    ["'=1", "''=1"],
    ["O'Brien-Smith; Co", "O'Brien-Smith; Co"],
  ])("is no formula to a spreadsheet that splits it elsewhere: %s", (name, safe) => {
    expect(exported(name)).toBe(`"Name"\r\n"${safe}"\r\n`);
  });
});

describe("in German", () => {
  beforeEach(() => localStorage.setItem("wise-sync.language", "de"));

  it("an export and the template are separated by semicolons, as Excel expects", () => {
    const columns = ["Vorname", "Nachname"].map((title) => ({ title, of: () => "Huber; Söhne, KG" }));
    expect(exportOf([named("X")], columns)).toBe(
      '"Vorname";"Nachname"\r\n"Huber; Söhne, KG";"Huber; Söhne, KG"\r\n',
    );
    expect(importTemplate("acme-au")).toMatch(/^"role";"companies";/);
  });
});

describe("the companies of an export", () => {
  const company = (id: string, name: string): Company => ({ id, name, package: "xero", users: 0 });
  const user: User = { ...named("X"), companies: ["one", "two", "three", "gone"] };

  it("are named as an import reads them", () => {
    const companies = [company("one", "First"), company("two", "Twice"), company("three", "twice")];
    expect(companiesOf(user, companies)).toBe("First|two|three|gone");
  });
});

describe("the template of an import", () => {
  it("has the columns that the API asks for", () => {
    expect(importTemplate("acme-au").split("\r\n")[0]?.replaceAll('"', "")).toBe(
      "role,companies,firstName,lastName,email,username,password",
    );
  });
});
