// What an account-admin's first load of the users page weighs over the wire, as Keycloak sends it (gzip; fonts as they are).
// Fails the build above the budget; a test on a real server counts the bytes that really arrive.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 450;
// React, from Keycloak's import map (26.7.5, gzip), the page itself, and the API's answers.
const FROM_ELSEWHERE_KB = 52;

const resources = fileURLToPath(
  new URL("../target/classes/theme/wise-sync/admin/resources/", import.meta.url),
);
const manifest = JSON.parse(readFileSync(join(resources, ".vite/manifest.json"), "utf8"));

const files = new Set();
const take = (key, withDynamic) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) {
    return;
  }
  files.add(chunk.file);
  chunk.css?.forEach((style) => files.add(style));
  chunk.imports?.forEach((other) => take(other, false));
  if (withDynamic) {
    chunk.dynamicImports
      ?.filter((other) => NEEDED.some((name) => other.startsWith(name)))
      .forEach((other) => take(other, false));
  }
};
const NEEDED = ["main.tsx", "messages/en.json"];
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
take(entry, true);

const FONTS = ["RedHatTextVF-", "RedHatDisplayVF-"];
for (const font of readdirSync(join(resources, "assets"))) {
  if (FONTS.some((name) => font.startsWith(name)) && !font.includes("Italic")) {
    files.add(`assets/${font}`);
  }
}

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
