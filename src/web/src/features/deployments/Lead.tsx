import { Group, Progress, Text } from "@mantine/core";
import type { Deployment } from "~/api/schema";
import { Copy } from "~/ui/Command";
import { Go } from "~/ui/Page";
import { milliseconds, spoken, useNow } from "~/ui/time";
import { isUnderWay } from "~/ui/tone";
import { Mono } from "~/ui/Version";
import { Elapsed, When } from "~/ui/When";
import { strategySaid } from "./strategy";

/** Who, when, why, in which steps, and the ways to what it is about. */
export function Lead({ deployment }: { deployment: Deployment }) {
  const { id, service, environment, createdBy, createdAt, automatic, reason, strategy } = deployment;
  return (
    <Group gap="xs" style={{ columnGap: 14, rowGap: 2 }} fz="sm">
      <span>
        {automatic ? "automatically" : "by"} {!automatic && <b>{createdBy}</b>} <When at={createdAt} />
      </span>
      {reason && <span style={{ overflowWrap: "anywhere" }}>“{reason}”</span>}
      <span>{strategySaid(strategy)}</span>
      <Go to="/targets/$service/$environment" params={{ service, environment }} fz="sm">
        {service} in {environment}
      </Go>
      <Go to="/services/$service" params={{ service }} fz="sm">
        {service}
      </Go>
      <Group gap={2} wrap="nowrap">
        <Mono fz={12}>{id}</Mono>
        <Copy value={id} what="Copy the deployment's id" />
      </Group>
    </Group>
  );
}

/** How long it takes so far, against what it usually takes. */
export function TimeSoFar({ deployment }: { deployment: Deployment }) {
  const { startedAt, finishedAt, status, plan } = deployment;
  const expected = plan.expectedDuration ? milliseconds(plan.expectedDuration) : undefined;
  if (!startedAt) return <Text size="sm">{status === "queued" ? "Waits for its turn" : "Never started"}</Text>;
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" component="span" style={{ whiteSpace: "nowrap" }}>
        <Elapsed from={startedAt} to={finishedAt} />
        {expected !== undefined && (
          <Text span c="dimmed" size="sm">{` ${isUnderWay(status) ? "of about" : "· usually"} ${spoken(expected)}`}</Text>
        )}
      </Text>
      {expected !== undefined && isUnderWay(status) && !deployment.rollingBack && (
        <Expected from={Date.parse(startedAt)} expected={expected} />
      )}
    </Group>
  );
}

function Expected({ from, expected }: { from: number; expected: number }) {
  const now = useNow("second");
  return (
    <Progress value={Math.min(100, (100 * (now - from)) / expected)} w={90} size="sm" aria-label="Share of the expected time" />
  );
}
