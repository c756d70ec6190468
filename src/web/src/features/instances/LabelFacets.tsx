import { Title, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import classes from "./Facets.module.css";

type LabelFacetsProps = { labels: Record<string, string[]>; chosen: string[]; toggle: (label: string) => void };

/** Every label that instances have, with its values to click. */
export function LabelFacets({ labels, chosen, toggle }: LabelFacetsProps) {
  const names = Object.keys(labels).sort((a, b) => a.localeCompare(b));
  if (names.length === 0) return null;
  return (
    <section>
      <Title order={2} className={classes.title}>
        Labels
      </Title>
      {names.map((name) => (
        <LabelValues key={name} name={name} values={labels[name] ?? []} chosen={chosen} toggle={toggle} />
      ))}
    </section>
  );
}

const shown = 6;

function LabelValues({ name, values, chosen, toggle }: { name: string; values: string[] } & Omit<LabelFacetsProps, "labels">) {
  const [all, setAll] = useState(false);
  const visible = values.filter((value, index) => all || index < shown || chosen.includes(`${name}=${value}`));
  return (
    <fieldset className={classes.label}>
      <legend className={classes.labelName}>{name}</legend>
      <div className={classes.chips}>
        {visible.map((value) => (
          <UnstyledButton
            key={value}
            className={classes.chip}
            aria-pressed={chosen.includes(`${name}=${value}`)}
            onClick={() => toggle(`${name}=${value}`)}
          >
            {value || "(empty)"}
          </UnstyledButton>
        ))}
        {values.length > shown && (
          <UnstyledButton
            className={classes.more}
            onClick={() => setAll(!all)}
            aria-label={all ? `Fewer of ${name}` : `More of ${name}`}
          >
            {all ? "fewer" : `${values.length - shown} more`}
          </UnstyledButton>
        )}
      </div>
    </fieldset>
  );
}
