// Prints, as JSON, where the bundled Chromium is and what it needs in its environment; unpacks it first if need be.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Read by the package when it is loaded: "unpack the libraries too". They are made for a machine that has next to none.
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
const inherited = process.env.LD_LIBRARY_PATH;
const { default: chromium } = await import("@sparticuz/chromium");

const executable = await chromium.executablePath();
const environment = {};
if (!existsSync("/etc/fonts/fonts.conf")) {
  environment.FONTCONFIG_PATH = join(tmpdir(), "fonts");
}
if (missesLibraries()) {
  environment.LD_LIBRARY_PATH = [join(tmpdir(), "al2023", "lib"), inherited].filter(Boolean).join(":");
}
process.stdout.write(JSON.stringify({ executable, environment }));

function missesLibraries() {
  const libraries = execFileSync("ldd", [executable], {
    encoding: "utf8",
    env: { ...process.env, LD_LIBRARY_PATH: inherited ?? "" },
  });
  return libraries.includes("not found");
}
