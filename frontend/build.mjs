/* Builds frontend/dist:

   assets/<name>-<hash>.<ext>   scripts, styles, htmx, the icon sprite: immutable
   assets/<file>                what frontend/assets/static holds, under its own name
   sw.js                        the service worker, which knows the list above as __PRECACHE__ and __LATER__ and the build as __BUILD__
   manifest.json                { build, files: { "main.js": "main-<hash>.js", … }, precache: [{ url, revision }] }

   Every text file has its .br and .gz beside it. A second folder is filled and then takes the first one's place, so that a
   server never sees half a build. */

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { brotliCompressSync, gzipSync, constants as zlib } from "node:zlib";
import esbuild from "esbuild";

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const target = join(here, "dist");
const next = join(here, "dist.next");
const assets = join(next, "assets");
const TEXT = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest"]);

/* Phones of 2019 keep their browser fresh; the oldest we serve is the first that knows cascade layers. */
const SCRIPT_TARGET = "es2020";
const STYLE_TARGET = ["chrome99", "firefox97", "safari15.4"];

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  nodePaths: [modules],
};

const files = {};

async function main() {
  rmSync(next, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  const chunks = [...(await bundle("scripts/main.ts")), ...(await bundle("styles/main.css")), ...(await bundle("styles/map.css"))];
  for (const sheet of ["styleguide", "light", "dark"]) await bundle(`styles/${sheet}.css`);
  put("htmx.js", readFileSync(join(modules, "htmx.org/dist/htmx.min.js")));
  put("icons.svg", sprite());
  put("licences.txt", licences());
  const copied = copyStatic();

  const hashed = [...new Set([...Object.values(files), ...chunks])].filter((name) => !NEVER_AHEAD.test(name));
  const build = digest([...hashed, ...copied.map(({ revision }) => revision), ...pages()].join("\n"));
  /* Screenshots and launcher icons are the system's business; drawings are shown by pages. */
  const drawings = copied.filter(({ url }) => url.endsWith(".svg"));
  const listed = hashed.map((name) => ({ url: `/assets/${name}`, revision: null }));
  const later = listed.filter(({ url }) => LATER.test(basename(url)));
  const precache = [...listed.filter((file) => !later.includes(file)), ...drawings];
  await serviceWorker(precache, later, build);
  compress(next);
  writeFileSync(join(next, "manifest.json"), JSON.stringify({ build, files, precache }, null, 2));
  rmSync(target, { recursive: true, force: true });
  renameSync(next, target);
}

/* What draws maps is wanted by few and seldom: the worker fetches it once all else is there. */
const LATER = /^map-/;

/* What no page of a citizen asks for. */
const NEVER_AHEAD = /^(?:licences|styleguide|light|dark)-/;

/* Bundles one entry and remembers its hashed name; gives the names of the chunks that go with it. */
async function bundle(entry) {
  const style = extname(entry) === ".css";
  const result = await esbuild.build({
    ...common,
    entryPoints: [entry],
    outdir: assets,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    metafile: true,
    format: "esm",
    splitting: !style,
    target: style ? STYLE_TARGET : SCRIPT_TARGET,
    external: ["/assets/*"],
    loader: { ".svg": "dataurl", ".png": "empty" },
    alias: style ? {} : { leaflet: "leaflet/dist/leaflet-src.esm.js" },
  });
  const chunks = [];
  for (const [path, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint === entry) files[basename(entry).replace(".ts", ".js")] = basename(path);
    else chunks.push(basename(path));
  }
  return chunks;
}

async function serviceWorker(precache, later, build) {
  await esbuild.build({
    ...common,
    entryPoints: ["../service-worker/main.ts"],
    outfile: join(next, "sw.js"),
    format: "iife",
    target: SCRIPT_TARGET,
    define: {
      __PRECACHE__: JSON.stringify(precache.map(({ url }) => url)),
      __LATER__: JSON.stringify(later.map(({ url }) => url)),
      __BUILD__: JSON.stringify(build),
    },
  });
}

/* One drawing of all icons used: those named in assets/icons.json from lucide, and our own in assets/icons/. */
function sprite() {
  const named = join(here, "assets/icons.json");
  const own = join(here, "assets/icons");
  const sources = [
    ...(existsSync(named) ? JSON.parse(readFileSync(named, "utf8")) : []).map((name) => join(modules, `lucide-static/icons/${name}.svg`)),
    ...(existsSync(own) ? readdirSync(own) : []).filter((name) => name.endsWith(".svg")).map((name) => join(own, name)),
  ];
  const symbols = sources.map((path) => symbol(basename(path, ".svg"), readFileSync(path, "utf8")));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

function symbol(id, svg) {
  const [, attributes, drawing] = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(svg);
  const kept = attributes.replace(/\s(?:xmlns(?::\w+)?|class|id|width|height)="[^"]*"/g, "").replace(/\s+/g, " ");
  return `<symbol id="${id}"${kept.trimEnd()}>${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
}

/* The licences of what is shipped ask that they travel along. */
function licences() {
  const shipped = ["htmx.org", "idb", "lean-qr", "leaflet", "lucide-static"];
  return shipped.map((name) => `${name}\n\n${readFileSync(licence(join(modules, name)), "utf8").trim()}\n`).join("\n\n");
}

function licence(folder) {
  const found = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return join(folder, found ?? "package.json");
}

function copyStatic() {
  const source = join(here, "assets/static");
  if (!existsSync(source)) return [];
  cpSync(source, assets, { recursive: true });
  return walk(source).map((path) => ({ url: `/assets/${relative(source, path)}`, revision: digest(readFileSync(path)) }));
}

/* The service worker keeps pages too: a changed template must reach it like a changed script. */
function pages() {
  const folder = join(here, "pages");
  return existsSync(folder) ? walk(folder).map((path) => digest(readFileSync(path))) : [];
}

function put(name, content) {
  const extension = extname(name);
  files[name] = `${basename(name, extension)}-${digest(content)}${extension}`;
  writeFileSync(join(assets, files[name]), content);
}

function compress(folder) {
  for (const path of walk(folder).filter((path) => TEXT.has(extname(path)))) {
    const content = readFileSync(path);
    const hints = { params: { [zlib.BROTLI_PARAM_SIZE_HINT]: content.length } };
    writeFileSync(`${path}.br`, brotliCompressSync(content, hints));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}

function walk(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 10);
}

await main();
