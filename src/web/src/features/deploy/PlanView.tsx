import { Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconClockPause } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Plan, Target, VersionComparison } from "~/api/schema";
import { comparison } from "~/features/services/queries";
import { counted, distance } from "~/features/targets/words";
import { Go } from "~/ui/Page";
import { milliseconds, spoken } from "~/ui/time";
import { Commits } from "./Commits";
import classes from "./Deploy.module.css";
import { type Obstacle, obstaclesOf } from "./obstacles";
import { Names, PlanStages } from "./PlanStages";
import { changedBy } from "./plan";

/** The plan as the server made it: what changes, what stands in the way, and in which stages. */
export function PlanView({ plan, target }: { plan: Plan; target: Target }) {
  const { fromVersion, toVersion } = plan.changes;
  const differs = fromVersion != null && fromVersion !== toVersion;
  const { data } = useQuery({ ...comparison(target.service, fromVersion ?? "", toVersion), enabled: differs, retry: false });
  const between = differs ? data : undefined;
  return (
    <Stack gap="lg">
      <Change plan={plan} between={between} />
      <Obstacles all={obstaclesOf(plan, target, between)} />
      {between && between.commits.length > 0 && <Commits commits={between.commits} few={5} />}
      <Stack gap="sm">
        <Group justify="space-between" align="baseline">
          <Title order={3} size="sm">
            {counted(plan.stages.length, "stage")}
            {changedBy(plan) > 0 && ` on ${counted(changedBy(plan), "instance")}`}
          </Title>
          <Text size="sm" fw={600}>
            {plan.expectedDuration
              ? `about ${spoken(milliseconds(plan.expectedDuration))}, as the last ones took`
              : "no history yet to tell how long"}
          </Text>
        </Group>
        <PlanStages stages={plan.stages} />
      </Stack>
    </Stack>
  );
}

function Change({ plan: { changes }, between }: { plan: Plan; between: VersionComparison | undefined }) {
  const { fromVersion, toVersion, fromConfigRevision, toConfigRevision, configNames = [] } = changes;
  return (
    <Stack gap="xs">
      <div className={classes.change}>
        <span>{fromVersion ?? "nothing"}</span>
        <span role="img" aria-label="to">
          →
        </span>
        <b>{toVersion}</b>
      </div>
      <Text size="sm" c="dimmed">
        {fromVersion === toVersion
          ? "The same version again"
          : between
            ? said(between)
            : fromVersion
              ? ""
              : "The first deployment here"}
        {fromConfigRevision !== toConfigRevision && toConfigRevision != null
          ? `${fromVersion || between ? "; " : ""}config revision ${fromConfigRevision ?? "none"} → ${toConfigRevision}`
          : ""}
        {configNames.length > 0 && ` changes ${configNames.join(", ")}`}
      </Text>
    </Stack>
  );
}

function said({ direction, versions, commits }: VersionComparison): string {
  const span = distance(versions.length, commits.length);
  return direction === "backward" ? `Takes back ${span}` : `Brings ${span}`;
}

function Obstacles({ all }: { all: Obstacle[] }) {
  if (all.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label="What stands in the way">
      {all.map(({ tone, text, deployment, names }) => (
        <li key={text} data-tone={tone}>
          {tone === "busy" ? <IconClockPause size={17} aria-hidden /> : <IconAlertTriangle size={17} aria-hidden />}
          <div>
            {text}{" "}
            {deployment && (
              <Go to="/deployments/$deployment" params={{ deployment }} inherit>
                See it
              </Go>
            )}
            {names && <Names names={names} />}
          </div>
        </li>
      ))}
    </ul>
  );
}
