import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import { Group, Text, VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import type { Deployment } from "~/api/schema";
import { Card } from "~/ui/Card";
import { byDay, perDay } from "./days";

const series = [
  { name: "succeeded", label: "succeeded", color: "var(--ok-fill)" },
  { name: "failed", label: "failed or rolled back", color: "var(--bad-fill)" },
  { name: "other", label: "other", color: "var(--quiet-fill)" },
];

/** How the deployments of each day ended, of those that are in the list. Loaded on its own: the library is large. */
export function Outcomes({ deployments, complete }: { deployments: Deployment[]; complete: boolean }) {
  const days = useMemo(() => perDay(byDay(deployments)), [deployments]);
  const totals = days.reduce((sum, day) => sum + day.succeeded + day.failed, 0);
  const went = days.reduce((sum, day) => sum + day.succeeded, 0);
  const data = days.map(({ date, succeeded, failed, other }) => ({ day: short(date), succeeded, failed, other }));
  return (
    <Card label="Deployments per day">
      <Group justify="space-between" pb={6}>
        <Text size="sm" fw={600}>
          {complete ? "All" : "The newest"} {deployments.length.toLocaleString("en")}
          {totals > 0 && (
            <Text span c="dimmed" size="sm" fw={400}>
              {` · ${Math.round((100 * went) / totals)} % went well`}
            </Text>
          )}
        </Text>
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
      <VisuallyHidden component="table">
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
      </VisuallyHidden>
    </Card>
  );
}

function short(date: Date): string {
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}
