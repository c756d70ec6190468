import { Tooltip } from "@mantine/core";
import { ago, exact, spoken, useNow } from "./time";

/** A moment, relative; exact on hover, focus and for a screen reader. */
export function When({ at }: { at: string }) {
  const now = useNow();
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at}>{ago(Date.parse(at), now)}</time>
    </Tooltip>
  );
}

/** A time that runs: since `from`, until `to` or now. */
export function Elapsed({ from, to }: { from: string; to?: string | null }) {
  return to ? <span className="numbers">{spoken(Date.parse(to) - Date.parse(from))}</span> : <Running from={from} />;
}

function Running({ from }: { from: string }) {
  const now = useNow("second");
  return <span className="numbers">{spoken(Math.max(0, Math.floor((now - Date.parse(from)) / 1000) * 1000))}</span>;
}
