import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Target } from "~/api/schema";
import { oneDeployment } from "~/features/deployments/queries";
import { useComesInGroups } from "~/features/services/useComesInGroups";
import { Card } from "~/ui/Card";
import { HealthBar, healthOf } from "~/ui/Health";
import { Go } from "~/ui/Page";
import { Dot } from "~/ui/Status";
import { CommitId, Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { Fact, Facts } from "./Fact";
import classes from "./Target.module.css";
import { driftOf } from "./words";

/** What runs, since when, and who brought it. */
export function Runs({ target, showConfig }: { target: Target; showConfig: () => void }) {
  const drift = driftOf(target);
  return (
    <Card label="What runs">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className={classes.version}>
            <span className={classes.number}>{target.version ?? "Nothing yet"}</span>
            {target.commit && <CommitId sha={target.commit} />}
          </div>
          <Health target={target} />
        </Group>
        {drift && (
          <div className={classes.sentence} data-tone={drift.tone} role="status">
            {drift.text}
          </div>
        )}
        {target.version ? <FactsOf target={target} showConfig={showConfig} /> : <NothingYet target={target} />}
      </Stack>
    </Card>
  );
}

function NothingYet({ target: { service, environment, instances } }: { target: Target }) {
  const inGroups = useComesInGroups(service);
  return (
    <Text size="sm" c="dimmed">
      {inGroups
        ? "Nothing was deployed here through Slipway yet. Choose a version to deploy."
        : instances.total === 0
          ? `No instance runs ${service} in ${environment} yet. Let one join: its line is on the page Instances.`
          : "The instances are ready. Choose a version to deploy."}
    </Text>
  );
}

function Health({ target: { instances } }: { target: Target }) {
  const { tone, text } = healthOf(instances);
  return (
    <Group gap={8} wrap="nowrap">
      <HealthBar counts={instances} width={96} />
      <Dot tone={tone} />
      <Text size="sm" fw={550} span>
        {text}
      </Text>
    </Group>
  );
}

function FactsOf({ target, showConfig }: { target: Target; showConfig: () => void }) {
  return (
    <Facts>
      {target.deployedAt && (
        <Fact name="Runs since">
          <When at={target.deployedAt} />
        </Fact>
      )}
      {target.deployedBy && (
        <Fact name="Brought by">
          {target.deployedBy}
          {target.deployment && <Reason deployment={target.deployment} />}
        </Fact>
      )}
      {target.deployment && (
        <Fact name="Deployment">
          <Go to="/deployments/$deployment" params={{ deployment: target.deployment }} size="sm">
            <Mono>{target.deployment}</Mono>
          </Go>
        </Fact>
      )}
      <Fact name="Config">
        <Anchor component="button" type="button" size="sm" onClick={showConfig}>
          {target.configRevision ? `Revision ${target.configRevision}` : "No settings"}
        </Anchor>
      </Fact>
      {target.publishedAt && (
        <Fact name="Published">
          <When at={target.publishedAt} />
        </Fact>
      )}
      {target.previousVersion && (
        <Fact name="Before it">
          <Mono>{target.previousVersion}</Mono>
        </Fact>
      )}
      {target.team && <Fact name="Team">{target.team}</Fact>}
    </Facts>
  );
}

function Reason({ deployment }: { deployment: string }) {
  const { data } = useQuery(oneDeployment(deployment));
  if (!data) return null;
  if (data.automatic) return <>, automatically</>;
  return data.reason ? <>: {data.reason}</> : null;
}
