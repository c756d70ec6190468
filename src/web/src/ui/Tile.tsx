import { UnstyledButton } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";
import classes from "./Tile.module.css";
import type { Tone } from "./tone";

type Plain = Omit<ComponentPropsWithoutRef<"button">, "className">;
type OneProps = Plain & { tone: Tone; selected?: boolean };

/** An instance as a small card; the strip at its side says how it is. */
export function Tile({ tone, selected, ...rest }: OneProps) {
  return <UnstyledButton {...rest} className={classes.tile} data-tone={tone} data-selected={selected || undefined} />;
}

type SpotProps = OneProps & {
  /** All that is known of it. */
  told: string;
  /** Runs another version than the others. */
  other?: boolean;
};

/** An instance as a spot, where there are hundreds. */
export function Spot({ tone, selected, other, told, ...rest }: SpotProps) {
  return (
    <UnstyledButton
      {...rest}
      className={classes.spot}
      data-tone={tone}
      data-selected={selected || undefined}
      data-other={other || undefined}
      title={told}
      aria-label={told}
    >
      <span aria-hidden />
    </UnstyledButton>
  );
}

/** Narrows what is shown to one kind. */
export function Pill({ pressed, ...rest }: Plain & { pressed?: boolean }) {
  return <UnstyledButton {...rest} className={classes.pill} aria-pressed={pressed} />;
}
