import type { Company, User } from "../api/client";
import { language } from "../i18n";

/** The columns of an import, in the order of the template. */
const IMPORT_COLUMNS = ["role", "companies", "firstName", "lastName", "email", "username", "password"];

// Spreadsheets run cells that begin like a formula, and may split a file at another separator. An import undoes the apostrophe
// (Formulas.java).
const FORMULA = /(^|[,;\t|])([\s"']*[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20])/g;

const cell = (text: string) => `"${text.replace(FORMULA, "$1'$2").replaceAll('"', '""')}"`;

/** As a spreadsheet in the reader's language expects it; an import reads both. */
const separator = () => (language() === "de" ? ";" : ",");

const rows = (lines: string[][]) =>
  lines.map((line) => line.map(cell).join(separator())).join("\r\n") + "\r\n";

export const importTemplate = (company: string | undefined) =>
  rows([
    IMPORT_COLUMNS,
    ["user", company ?? "", "Uma", "Underwood", "uma@example.com", "", ""],
    ["account-admin", "", "Ada", "Archer", "ada@example.com", "", ""],
  ]);

export type ExportColumn = { title: string; of: (user: User) => string };

export const exportOf = (users: User[], columns: ExportColumn[]) =>
  rows([columns.map(({ title }) => title), ...users.map((user) => columns.map(({ of }) => of(user)))]);

/** The companies of a user as an import reads them: names, and the id where several companies have the name. */
export const companiesOf = (user: User, companies: Company[]) =>
  user.companies
    .map((id) => {
      const name = companies.find((company) => company.id === id)?.name;
      const isClear =
        name !== undefined &&
        !name.includes("|") &&
        companies.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length === 1 &&
        !companies.some((other) => other.id !== id && other.id === name.toLowerCase());
      return isClear ? name : id;
    })
    .join("|");

/** Downloads a text as a file. */
export const download = (name: string, text: string) => {
  // With a byte order mark; without it Excel assumes the encoding of the machine.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};
