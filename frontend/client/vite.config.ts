/**
 * Builds every file of src/entries into frontend/static/frontend/dist, with a manifest that the template tag reads.
 *
 * Names carry a hash, so browsers keep the files for ever; compressed copies lie beside them, so the server only picks.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const outDir = resolve(root, "../static/frontend/dist");
const entries = readdirSync(join(root, "src/entries")).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
);

/** Of src/live only what pages outside a live room use too goes with the rest. */
function isShared(id: string): boolean {
  return /src\/.*\.ts$/.test(id) && !/src\/live\/(?!feed|board|parts)/.test(id);
}

/** Writes `.gz` and `.br` beside each text file of the bundle. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle(_options, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const path = join(outDir, name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      }
    },
  };
}

export default defineConfig({
  root,
  base: "./",
  publicDir: false,
  plugins: [compressed()],
  build: {
    outDir,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2020",
    // The Content-Security-Policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(entries.map((name) => [basename(name, ".ts"), join(root, "src/entries", name)])),
      // What entries share goes into one file: on a poor network each further request costs more than its bytes.
      // Live rooms have a file of their own beside it, which no other page loads.
      output: {
        codeSplitting: {
          groups: [
            { name: "shared", test: isShared, minShareCount: 2, priority: 2 },
            { name: "room", test: /src\/live\/[^/]+\.ts$/, minShareCount: 2, priority: 1 },
            { name: "desk", test: /src\/live\/desk\/.*\.ts$/, minShareCount: 2, priority: 0 },
          ],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    restoreMocks: true,
  },
});
