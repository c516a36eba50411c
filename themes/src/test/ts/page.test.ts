import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const theme = "src/main/resources/theme/wise-sync/admin";
const page = readFileSync(`${theme}/index.ftl`, "utf8");
const properties = readFileSync(`${theme}/theme.properties`, "utf8");

it("allows its one inline script by hash, and no other", () => {
  const policy = /^contentSecurityPolicy=(.*)$/m.exec(properties)?.[1] ?? "";
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
  const map = /<script type="importmap">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
  const hash = createHash("sha256").update(map).digest("base64");
  expect(scripts).toBe(`'self' 'sha256-${hash}'`);
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)].map(([, attributes]) =>
    attributes?.trim(),
  );
  expect(inline).toEqual(['type="importmap"', 'id="environment" type="application/json"']);
});
