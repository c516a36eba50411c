// What an account-admin's first load of the users page weighs over the wire, as Keycloak sends it (gzip; fonts as they are).
// Fails the build above the budget. A test on a real server (FirstLoadIT) counts the bytes that really arrive, and that
// nothing is loaded which is not counted here.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 450;
// As measured on 26.7.5: React from Keycloak's import map (47), the page, twice, and the login in between (14), answers (7).
const FROM_ELSEWHERE_KB = 68;

const resources = fileURLToPath(
  new URL("../target/classes/theme/wise-sync/admin/resources/", import.meta.url),
);
const manifest = JSON.parse(readFileSync(join(resources, ".vite/manifest.json"), "utf8"));

// Of what the entry fetches when it needs it: the console, and its messages in the language that weighs more.
const NEEDED = ["main", "de"];

const files = new Set();
const take = (key) => {
  const chunk = manifest[key];
  if (files.has(chunk.file)) {
    return;
  }
  files.add(chunk.file);
  chunk.css?.forEach((style) => files.add(style));
  chunk.imports?.forEach(take);
};
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
take(entry);
for (const name of NEEDED) {
  const key = manifest[entry].dynamicImports.find((other) => manifest[other].name === name);
  if (!key) {
    console.error(`Nothing is called "${name}" any more: what does the first page load?`);
    process.exit(1);
  }
  take(key);
}

const FONTS = ["RedHatText-Regular-", "RedHatText-Medium-", "RedHatDisplay-Medium-"];
for (const name of FONTS) {
  const font = readdirSync(join(resources, "assets")).find((file) => file.startsWith(name));
  if (font) {
    files.add(`assets/${font}`);
  }
}
writeFileSync(
  fileURLToPath(new URL("../target/first-load.json", import.meta.url)),
  JSON.stringify([...files]),
);

const weigh = (file) => {
  const path = join(resources, file);
  return file.endsWith(".woff2") ? statSync(path).size : gzipSync(readFileSync(path)).length;
};
const rows = [...files].map((file) => [file, weigh(file)]).sort(([, one], [, other]) => other - one);
const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000 + FROM_ELSEWHERE_KB;
for (const [file, bytes] of rows) {
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${total.toFixed(1).padStart(8)} kB  first load, of ${BUDGET_KB} kB`);
if (total > BUDGET_KB) {
  console.error(`The first load is ${(total - BUDGET_KB).toFixed(1)} kB above its budget.`);
  process.exit(1);
}
