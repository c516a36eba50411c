// The bytes that an account-admin's first load of the users page transfers, as Keycloak sends them (gzip; fonts as they are).
// Fails the build above the budget. A test on a real server (FirstLoadIT) counts the bytes received, and checks that
// nothing is loaded which is not counted here.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 285;
const FONTS_BUDGET_KB = 45;
// Measured on 26.7.5: React from Keycloak's import map (47), the page, twice, with the login in between (14), API responses (7).
const FROM_ELSEWHERE_KB = 68;

const resources = fileURLToPath(
  new URL("../target/classes/theme/wise-sync/admin/resources/", import.meta.url),
);
const manifest = JSON.parse(readFileSync(join(resources, ".vite/manifest.json"), "utf8"));

// The dynamic imports of the entry: the console, and its messages in the larger language.
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
    console.error(`The entry no longer imports "${name}": update NEEDED.`);
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
const isFont = (file) => file.endsWith(".woff2");
const sum = (some) => some.reduce((total, [, bytes]) => total + bytes, 0) / 1000;
for (const [file, bytes] of rows) {
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}

const check = (name, total, budget) => {
  console.log(`${total.toFixed(1).padStart(8)} kB  ${name}, of ${budget} kB`);
  if (total > budget) {
    console.error(`${name}: ${(total - budget).toFixed(1)} kB above the budget.`);
    process.exitCode = 1;
  }
};
check("first load without fonts", sum(rows.filter(([file]) => !isFont(file))) + FROM_ELSEWHERE_KB, BUDGET_KB);
check("fonts", sum(rows.filter(([file]) => isFont(file))), FONTS_BUDGET_KB);
