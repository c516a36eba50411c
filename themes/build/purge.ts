import { PurgeCSS } from "purgecss";
import type { Plugin } from "vite";

/**
 * Classes that PatternFly's scripts name but the console never uses: breakpoints other than those of its tables and menus,
 * components and variants that it does not have. One class per line would be as long as PatternFly; these patterns cover
 * the largest groups.
 */
const UNUSED = [
  /-on-(sm|xl|2xl)$/,
  /^pf-m-grid(-xl|-2xl)?$/,
  /^pf-m-(tree-view|sticky|nested|striped|favorite|border-|ghost-row|no-border-rows|hoverable|expandable)/,
  /^pf-m-(flyout|drilldown|horizontal-subnav|tertiary|resizable|panel-|split-button|editable|overflow)/,
  /^pf-m-(cyan|purple|display-stack)/,
  /^pf-v5-c-(drawer|popover|dropdown|inline-edit|nav__subnav|notification-badge|page__sidebar)/,
];

/**
 * Removes rules from the console's styles whose classes appear in none of its scripts. PatternFly's components name all of
 * their classes as text, so a class that is built at run time is found too. Keycloak's own console is not concerned: it
 * has its own styles.
 */
export const purgeStyles = (): Plugin => ({
  name: "purge-styles",
  apply: "build",
  async generateBundle(_, bundle) {
    const scripts = Object.values(bundle).flatMap((file) =>
      file.type === "chunk" ? [{ raw: file.code, extension: "js" }] : [],
    );
    for (const file of Object.values(bundle)) {
      if (file.type === "asset" && file.fileName.endsWith(".css")) {
        const [purged] = await new PurgeCSS().purge({
          content: scripts,
          css: [{ raw: String(file.source) }],
          defaultExtractor: (content) => content.match(/[\w-]+/g) ?? [],
          safelist: {
            standard: ["html", "body", /^pf-v5-theme-dark$/, /^keycloak__/],
            greedy: [/^wise-sync/],
          },
          blocklist: UNUSED,
        });
        if (purged) {
          file.source = purged.css;
        }
      }
    }
  },
});
