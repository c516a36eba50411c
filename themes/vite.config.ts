import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { subsetFonts } from "./build/fonts";
import { purgeStyles } from "./build/purge";

// React comes from Keycloak's import map (index.ftl); bundling it would load it twice.
const fromImportMap = ["react", "react/jsx-runtime", "react-dom"];

export default defineConfig(({ mode }) => ({
  root: "src/main/ts",
  // Chunks and styles refer to each other by relative paths: the theme's address contains Keycloak's resource version.
  base: "",
  plugins: [react(), purgeStyles(), subsetFonts()],
  resolve: {
    // In production, "react-dom/client" of React 18 is "react-dom", which the import map has.
    alias: mode === "test" ? [] : [{ find: "react-dom/client", replacement: "react-dom" }],
  },
  build: {
    outDir: "../../../target/classes/theme/wise-sync/admin/resources",
    emptyOutDir: true,
    manifest: true,
    // The licences of bundled packages require their texts.
    license: { fileName: "licenses.md" },
    target: "es2022",
    // The first browsers with import maps; without a target, nested rules would stay nested.
    cssTarget: ["chrome111", "firefox113", "safari16.4"],
    sourcemap: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: "src/main/ts/boot.ts",
      external: fromImportMap,
    },
  },
  test: {
    root: ".",
    dir: "src/test/ts",
    environment: "jsdom",
    setupFiles: ["src/test/ts/setup.ts"],
    css: false,
    testTimeout: 60_000,
    // The default leaves one core idle, which is half of the machine in CI.
    maxWorkers: 2,
    server: { deps: { inline: [/@patternfly/, /@keycloak/] } },
  },
}));
