// What a browser must load before the first screen works, compressed as the server sends it. The limit is a promise: at most 200 KB of JavaScript.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const limit = 200_000;
const out = process.env.SLIPWAY_WEB_OUT ?? "../Slipway.Server/wwwroot";
const manifest = JSON.parse(readFileSync(join(out, ".vite/manifest.json"), "utf8"));

const firstPage = new Set();
const collect = (name) => {
  if (firstPage.has(name)) return;
  firstPage.add(name);
  for (const needed of manifest[name].imports ?? []) collect(needed);
};
collect("index.html");

const files = new Set([...firstPage].map((name) => manifest[name].file).filter((file) => file.endsWith(".js")));
let sum = 0;
for (const file of files) {
  const size = brotliCompressSync(readFileSync(join(out, file))).length;
  sum += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} KB  ${file}`);
}
console.log(`${(sum / 1000).toFixed(1).padStart(7)} KB  JavaScript of the first page, of ${limit / 1000} KB allowed`);
process.exitCode = sum <= limit ? 0 : 1;
