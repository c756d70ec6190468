import { Anchor, Title } from "@mantine/core";
import { useState } from "react";
import type { NewErrorLine } from "~/api/schema";
import classes from "./Verdict.module.css";
import { counted } from "./words";

const few = 5;

/** Kinds of errors that the version before did not print, those seen most first. */
export function NewErrors({ errors }: { errors: NewErrorLine[] }) {
  const [all, setAll] = useState(false);
  if (errors.length === 0) return null;
  const shown = all ? errors : errors.slice(0, few);
  return (
    <div className={classes.part}>
      <Title order={3} fz={13} fw={600}>
        Errors that the version before did not print
      </Title>
      <ul className={classes.errors}>
        {shown.map(({ template, example, count, instances }) => (
          <li key={template}>
            <span className={classes.times}>
              {counted(count, "time")} on {counted(instances, "instance")}
            </span>
            <code className={classes.line}>{example}</code>
            {template !== example && (
              <span className={classes.soft}>
                of the kind <code>{template}</code>
              </span>
            )}
          </li>
        ))}
      </ul>
      {errors.length > shown.length && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAll(true)} className={classes.more}>
          Show {errors.length - shown.length} more
        </Anchor>
      )}
    </div>
  );
}
