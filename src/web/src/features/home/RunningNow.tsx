import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Target } from "~/api/schema";
import { oneDeployment } from "~/features/deployments/queries";
import { Go } from "~/ui/Page";
import { DeploymentTag } from "~/ui/Status";
import { Elapsed } from "~/ui/When";
import classes from "./Home.module.css";

const most = 4;

/** What is being deployed this moment, one line each; the rest is one click away. */
export function RunningNow({ targets }: { targets: Target[] }) {
  const running = targets.flatMap(({ runningDeployment }) => runningDeployment ?? []);
  if (running.length === 0) return null;
  return (
    <Stack component="section" aria-label="Running now" gap={6}>
      {running.slice(0, most).map((id) => (
        <Line key={id} id={id} />
      ))}
      {running.length > most && (
        <Text size="sm">
          and{" "}
          <Go to="/deployments" search={{ status: ["running", "paused"] }}>
            {running.length - most} more
          </Go>
        </Text>
      )}
    </Stack>
  );
}

function Line({ id }: { id: string }) {
  const { data } = useQuery(oneDeployment(id));
  if (!data) return <div className={classes.running} />;
  const stage = data.stages.find(({ status }) => status === "running");
  return (
    <Group className={classes.running} gap="sm" wrap="nowrap">
      <DeploymentTag deployment={data} />
      <Go to="/deployments/$deployment" params={{ deployment: id }} fw={600} className={classes.cut}>
        {data.service} {data.version} → {data.environment}
      </Go>
      <Text size="sm" c="dimmed" className={classes.cut} visibleFrom="sm" style={{ flex: 1 }}>
        {stage?.note ?? stage?.description}
      </Text>
      <Text size="sm" c="dimmed" ml="auto" style={{ whiteSpace: "nowrap" }}>
        {data.startedAt && <Elapsed from={data.startedAt} />}
      </Text>
    </Group>
  );
}
