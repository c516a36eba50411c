import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import de from "../../main/ts/messages/de.json";
import en from "../../main/ts/messages/en.json";

const SOURCES = "src/main/ts";

const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(SOURCES, file), "utf8"));

/** Keys that a library asks for by itself. */
const ASKED_FOR_ELSEWHERE: string[] = [];

const used = new Set(
  sources
    .flatMap((source) => [...source.matchAll(/\bt\(\s*(?:[\w.]+\s*\?\s*"(\w+)"\s*:\s*)?"(\w+)"/g)])
    .flatMap(([, one, other]) => [one, other])
    .filter((key): key is string => key !== undefined),
);

const withoutPlural = (key: string) => key.replace(/_(one|other)$/, "");

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe("the message files", () => {
  it("have the same keys in both languages", () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it("have the same placeholders in both languages", () => {
    for (const [key, text] of Object.entries(en)) {
      expect([key, ...placeholders(de[key as keyof typeof de])]).toEqual([key, ...placeholders(text)]);
    }
  });

  it("have exactly the keys that are used", () => {
    const known = new Set(Object.keys(en).map(withoutPlural));
    expect([...used].filter((key) => !known.has(key))).toEqual([]);
    const plain = sources.join("\n");
    expect(
      [...known].filter(
        (key) => !used.has(key) && !ASKED_FOR_ELSEWHERE.includes(key) && !plain.includes(`.${key}`),
      ),
    ).toEqual([]);
  });

  it("leave no text empty", () => {
    expect(Object.entries({ ...en, ...de }).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
