import { basename } from "node:path";
import subsetFont from "subset-font";
import type { Plugin } from "vite";

/** Basic Latin, Latin-1, Latin Extended-A (all of the European Union's Latin scripts), and punctuation. */
const RANGES: readonly [number, number][] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x2010, 0x2026],
  [0x20ac, 0x20ac],
];

const SUBSET_TEXT = RANGES.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
).join("");

/** The fonts of the first page. */
const FONTS = /(RedHatText-Regular|RedHatText-Medium|RedHatDisplay-Medium)/;

/**
 * Keeps only the characters of {@link RANGES} in the fonts of the first page. Other characters of the console's messages
 * and of names are shown in the browser's fallback font.
 */
export const subsetFonts = (): Plugin => ({
  name: "subset-fonts",
  apply: "build",
  async generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "asset" && file.fileName.endsWith(".woff2") && FONTS.test(basename(file.fileName))) {
        file.source = await subsetFont(Buffer.from(file.source), SUBSET_TEXT, {
          targetFormat: "woff2",
          noLayoutClosure: true,
          noHinting: true,
        });
      }
    }
  },
});
