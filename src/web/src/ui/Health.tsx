import { Tooltip } from "@mantine/core";
import type { InstanceCounts } from "~/api/schema";
import classes from "./Health.module.css";
import type { Tone } from "./tone";

/** How the instances of a target are, in one word and tone. */
export function healthOf(counts: InstanceCounts): { tone: Tone; text: string } {
  const total = Number(counts.total ?? 0);
  const healthy = Number(counts.healthy ?? 0);
  const away = total - Number(counts.connected ?? 0);
  if (total === 0) return { tone: "quiet", text: "no instances" };
  if (Number(counts.unhealthy ?? 0) > 0) return { tone: "bad", text: `${counts.unhealthy} of ${total} unhealthy` };
  if (away > 0) return { tone: "warn", text: `${away} of ${total} away` };
  if (healthy === total) return { tone: "ok", text: `${total} of ${total} healthy` };
  return { tone: "quiet", text: `${healthy} of ${total} healthy` };
}

/** Shares of healthy, unhealthy, away and other instances as one thin bar. `plain`: what stands around it says the same in words. */
export function HealthBar({ counts, width = 64, plain }: { counts: InstanceCounts; width?: number | string; plain?: boolean }) {
  const total = Math.max(1, Number(counts.total ?? 0));
  const parts: [Tone, number][] = [
    ["ok", Number(counts.healthy ?? 0)],
    ["bad", Number(counts.unhealthy ?? 0)],
    ["warn", Number(counts.total ?? 0) - Number(counts.connected ?? 0)],
  ];
  const bar = parts.map(
    ([tone, share]) => share > 0 && <span key={tone} data-tone={tone} style={{ width: `${(100 * share) / total}%` }} />,
  );
  if (plain)
    return (
      <span className={classes.bar} style={{ width }} aria-hidden>
        {bar}
      </span>
    );

  const { text } = healthOf(counts);
  return (
    <Tooltip label={text}>
      <span className={classes.bar} style={{ width }} role="img" aria-label={text}>
        {bar}
      </span>
    </Tooltip>
  );
}
