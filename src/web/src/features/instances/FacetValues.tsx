import { Title, UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Dot } from "~/ui/Status";
import type { Tone } from "~/ui/tone";
import classes from "./Facets.module.css";

export type Value = { value: string; label?: string; count: number; tone?: Tone; mono?: boolean; note?: string };

type CountedProps = { title: string; values: Value[]; chosen?: string; choose: (value: string | undefined) => void };

const shown = 7;

/** The values of one facet; choosing the chosen one again widens. */
export function Counted({ title, values, chosen, choose }: CountedProps) {
  const [all, setAll] = useState(false);
  if (values.length === 0 && !chosen) return null;
  const known = chosen && !values.some(({ value }) => value === chosen) ? [...values, { value: chosen, count: 0 }] : values;
  const visible = all ? known : known.filter(({ value }, index) => index < shown || value === chosen);
  return (
    <section>
      <Title order={2} className={classes.title}>
        {title}
      </Title>
      {visible.map((each) => (
        <FacetValue
          key={each.value}
          each={each}
          chosen={each.value === chosen}
          toggle={() => choose(each.value === chosen ? undefined : each.value)}
        />
      ))}
      {known.length > shown && (
        <UnstyledButton className={classes.more} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `${known.length - shown} more`}
        </UnstyledButton>
      )}
    </section>
  );
}

function FacetValue({ each, chosen, toggle }: { each: Value; chosen: boolean; toggle: () => void }) {
  return (
    <UnstyledButton className={classes.value} aria-pressed={chosen} data-none={each.count === 0 || undefined} onClick={toggle}>
      {each.tone && <Dot tone={each.tone} />}
      <span className={classes.name} data-mono={each.mono || undefined} title={each.value}>
        {each.label ?? each.value}
      </span>
      {each.note && <span className={classes.note}>{each.note}</span>}
      <span className={classes.count}>{each.count.toLocaleString("en")}</span>
      {chosen && <IconX size={13} aria-hidden />}
    </UnstyledButton>
  );
}
