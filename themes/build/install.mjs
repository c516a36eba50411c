// `npm ci` takes a quarter of a minute even when nothing changed: it is left out when the lock file is the one of last time.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const INSTALLED = "node_modules/.installed-lock";
const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");

if (!existsSync(INSTALLED) || readFileSync(INSTALLED, "utf8") !== wanted) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  writeFileSync(INSTALLED, wanted);
}
