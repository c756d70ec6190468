import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const source = resolve(import.meta.dirname, "..");
const mantine = resolve(source, "../node_modules/@mantine");
const core = join(mantine, "core/esm");
/** What every page needs, whichever components it has. */
const always = ["baseline", "default-css-variables", "global"];

const imported = [...readFileSync(join(source, "ui/mantine.css"), "utf8").matchAll(/styles\/(.+)\.css/g)].map(
  ([, name]) => name!,
);

describe("the styles of Mantine", () => {
  it("are those of the components in use, and no others", () => {
    expect(imported.filter((name) => !always.includes(name)).sort()).toEqual([...needed()].sort());
  });

  it("come in the order in which Mantine puts them", () => {
    const whole = readFileSync(join(mantine, "core/styles.css"), "utf8");
    const begin = (name: string) =>
      readFileSync(join(mantine, `core/styles/${name}.css`), "utf8")
        .trim()
        .slice(0, 200);
    const places = imported.map((name) => whole.indexOf(begin(name)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

/** The style sheets of all components that our files name, and of those that they are built from. */
function needed(): Set<string> {
  const styles = new Set<string>();
  const seen = new Set<string>();
  const follow = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const style = /([^/]+)\.module\.mjs$/.exec(file)?.[1];
    if (style && existsSync(join(mantine, `core/styles/${style}.css`))) styles.add(style);
    for (const [, next] of readFileSync(file, "utf8").matchAll(/(?:from|import) "(\..+?)"/g))
      follow(resolve(dirname(file), next!));
  };
  for (const name of named()) {
    const file = join(core, `components/${name}/${name}.mjs`);
    if (existsSync(file)) follow(file);
  }
  return styles;
}

/** What is taken from @mantine/core by our files, and by the other packages of Mantine that they use. */
function named(): Set<string> {
  const ours = filesIn(source, /\.tsx?$/).map((file) => readFileSync(file, "utf8"));
  const others = ["notifications", "spotlight", "charts"].flatMap((name) => filesIn(join(mantine, name, "esm"), /\.mjs$/));
  return new Set(
    [...ours, ...others.map((file) => readFileSync(file, "utf8"))].flatMap((text) =>
      [...text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)].flatMap(([, names]) => names!.match(/\b[A-Z]\w*/g) ?? []),
    ),
  );
}

function filesIn(folder: string, kind: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => kind.test(name))
    .map((name) => join(folder, name));
}
