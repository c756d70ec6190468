import classes from "./Output.module.css";
import { collapse } from "./story";

/** Lines that were kept. The same line again and again is shown once. */
export function Output({ lines, label }: { lines: string[]; label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls must be reachable by the keyboard and have a name
    <pre className={classes.output} tabIndex={0} role="region" aria-label={label}>
      {collapse(lines).map(({ text, times }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
        <div key={at}>
          {text || " "}
          {times > 1 && <span className={classes.times}>× {times}</span>}
        </div>
      ))}
    </pre>
  );
}
