// Runs `npm ci` in the working directory, but only if the lock file has changed since the last time.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (!((major === 20 && minor >= 19) || major === 22 || major === 24)) {
  console.error(`Node ${process.versions.node} is not supported. Use 20.19 or newer, 22 or 24.`);
  process.exit(1);
}

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
