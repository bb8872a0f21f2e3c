import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = fileURLToPath(import.meta.url);

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: fileURLToPath(new URL("./node_modules/.vite", import.meta.url)),
  plugins: [
    {
      /* The tests mirror the code under tests/, where no node_modules lies above them: packages are looked for from here. */
      name: "packages-of-the-frontend",
      enforce: "pre",
      async resolveId(name, importer) {
        const isPackage = /^[@\w]/.test(name) && !name.startsWith("node:");
        return isPackage && importer !== here ? this.resolve(name, here, { skipSelf: true }) : null;
      },
    },
  ],
  test: {
    include: ["tests/offline/**/*.test.ts"],
    environment: "node",
    fsModuleCache: false, // it would be kept beside the root, in a node_modules of its own
  },
});
