import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` proxies to a running server, so that the session cookie and the streams work as they do when the server itself serves the files.
// With SLIPWAY_TOKEN one is signed in from the start.
const server = {
  target: process.env.SLIPWAY_SERVER ?? "http://127.0.0.1:8080",
  headers: process.env.SLIPWAY_TOKEN ? { Authorization: `Bearer ${process.env.SLIPWAY_TOKEN}` } : undefined,
};

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: process.env.SLIPWAY_WEB_OUT ?? "../Slipway.Server/wwwroot",
    emptyOutDir: true,
    target: "es2023",
    manifest: true,
    // The Content-Security-Policy allows no data: fonts and scripts.
    assetsInlineLimit: 0,
    // Over HTTP/1.1 a browser asks for six files at a time: what the first page needs is one file.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: { proxy: { "/api": server, "/openapi": server, "/docs": server, "/health": server } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
