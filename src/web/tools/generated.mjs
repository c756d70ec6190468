// The committed types must be what contracts/openapi.json gives; otherwise `npm run generate` and commit.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "slipway-types-"));
try {
  const fresh = join(folder, "schema.d.ts");
  execFileSync("npm", ["run", "--silent", "generate"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, SLIPWAY_TYPES: fresh },
  });
  if (readFileSync(fresh, "utf8") !== readFileSync("src/api/schema.d.ts", "utf8")) {
    console.error("src/api/schema.d.ts is not what contracts/openapi.json gives. Run: npm run generate");
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
