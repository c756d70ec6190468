import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import { Group, Text, VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import type { Deployment } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Dot } from "~/ui/Status";
import type { Tone } from "~/ui/tone";
import { byDay, type Outcome, perDay } from "./days";

const series: { name: Outcome; label: string; color: string; tone: Tone }[] = [
  { name: "succeeded", label: "succeeded", color: "var(--ok-fill)", tone: "ok" },
  { name: "failed", label: "failed or rolled back", color: "var(--bad-fill)", tone: "bad" },
  { name: "other", label: "other", color: "var(--quiet-fill)", tone: "quiet" },
];

type OutcomesProps = {
  deployments: Deployment[];
  complete: boolean;
  /** Whether a share of those that went well means anything: not among the failed alone. */
  rated: boolean;
};

/** How the deployments of each day ended, of those that are in the list. Loaded on its own: the library is large. */
export function Outcomes({ deployments, complete, rated }: OutcomesProps) {
  const days = useMemo(() => perDay(byDay(deployments)), [deployments]);
  const total = (outcome: Outcome) => days.reduce((sum, day) => sum + day[outcome], 0);
  const ended = total("succeeded") + total("failed");
  const data = days.map(({ date, succeeded, failed, other }) => ({ day: short(date), succeeded, failed, other }));
  return (
    <Card label="Deployments per day">
      <Group justify="space-between" pb={6} gap="xs">
        <Text size="sm" fw={600}>
          {complete ? "All" : "The newest"} {deployments.length.toLocaleString("en")}
          {rated && ended > 0 && (
            <Text span c="dimmed" size="sm" fw={400}>
              {` · ${Math.round((100 * total("succeeded")) / ended)} % of those that ended went well`}
            </Text>
          )}
        </Text>
        <Group gap="md">
          {series.map(({ name, label, tone }) => (
            <Group key={name} gap={6} fz="xs" c="dimmed">
              <Dot tone={tone} />
              <span className="numbers">
                {total(name)} {label}
              </span>
            </Group>
          ))}
        </Group>
      </Group>
      <div aria-hidden>
        <BarChart
          h={88}
          data={data}
          dataKey="day"
          type="stacked"
          series={series}
          withYAxis={false}
          gridAxis="none"
          tickLine="none"
          barChartProps={{ accessibilityLayer: false }}
          maxBarWidth={26}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>Deployments per day by how they ended</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {series.map(({ name, label }) => (
                <th scope="col" key={name}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, succeeded, failed, other }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{succeeded}</td>
                <td>{failed}</td>
                <td>{other}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Card>
  );
}

function short(date: Date): string {
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}
