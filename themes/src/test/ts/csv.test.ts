import { describe, expect, it } from "vitest";
import type { User } from "../../main/ts/api/client";
import { exportOf, importTemplate } from "../../main/ts/users/csv";

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
  it("quotes what a comma or a quote would break", () => {
    expect(exported('O"Hara, Uma')).toBe('"Name"\r\n"O""Hara, Uma"\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("is no formula to a spreadsheet: %s", (name) => {
    expect(exported(name)).toBe(`"Name"\r\n"'${name}"\r\n`);
  });
});

describe("the template of an import", () => {
  it("has the columns that the API asks for", () => {
    expect(importTemplate("acme-au").split("\r\n")[0]?.replaceAll('"', "")).toBe(
      "role,companies,firstName,lastName,email,username,password",
    );
  });
});
