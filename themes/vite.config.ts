import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Keycloak's import map brings React (themes/.../admin/index.ftl); bundled, there would be two of it.
const fromImportMap = ["react", "react/jsx-runtime", "react-dom"];

export default defineConfig(({ mode }) => ({
  root: "src/main/ts",
  // Chunks and styles find each other relative to themselves: the theme's address holds Keycloak's resource version.
  base: "",
  plugins: [react()],
  resolve: {
    // In production React 18's "react-dom/client" is "react-dom", which is what the import map has.
    alias: mode === "test" ? [] : [{ find: "react-dom/client", replacement: "react-dom" }],
  },
  build: {
    outDir: "../../../target/classes/theme/wise-sync/admin/resources",
    emptyOutDir: true,
    manifest: true,
    // What we bundle may be passed on with its licence.
    license: { fileName: "licenses.md" },
    target: "es2022",
    // The first with import maps: without a target, nested rules would stay nested.
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
    server: { deps: { inline: [/@patternfly/, /@keycloak/] } },
  },
}));
