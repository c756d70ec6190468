import { Box, Button, Group, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "~/api/problem";
import type { Deployment, Failure } from "~/api/schema";
import { oneInstance } from "~/features/instances/queries";
import classes from "./Cause.module.css";
import { differences, peersOnVersion } from "./differences";
import { Output } from "./Output";
import { peersIn } from "./queries";
import { type Stage, titleOf } from "./stages";

type CauseProps = { deployment: Deployment; stages: Stage[]; open: (instance: string) => void };

/** Why it failed: the cause in one sentence, the first instance and its last words, and what is special about it. */
export function Cause({ deployment, stages, open }: CauseProps) {
  const { failure } = deployment;
  if (!failure) return null;
  return (
    <Box component="section" className={classes.cause} aria-labelledby="cause">
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2} id="cause" c="var(--bad)" fz={13} fw={600}>
            {headline(deployment, failure)}
          </Title>
          <p className={classes.reason}>{failure.reason}</p>
        </Stack>
        <div className={classes.parts}>
          {failure.evidence && failure.evidence.length > 0 && (
            <Stack gap={6}>
              <Title order={3} fz={13} fw={600}>
                {failure.instance ? `The last lines of ${failure.instance}` : "The last lines"}
              </Title>
              <Output lines={failure.evidence} label="The last lines of its output" />
            </Stack>
          )}
          {failure.instance && <Special deployment={deployment} stages={stages} failure={failure} instance={failure.instance} />}
        </div>
        {failure.instance && (
          <Group>
            <Button variant="default" size="xs" onClick={() => open(failure.instance ?? "")}>
              Output of {failure.instance} now
            </Button>
          </Group>
        )}
      </Stack>
    </Box>
  );
}

function headline({ status, rollingBack }: Deployment, { stage }: Failure): string {
  const where = `It failed in “${titleOf(stage)}”`;
  if (rollingBack) return `${where} and is taking itself back`;
  return status === "rolledBack" ? `${where} and was rolled back` : where;
}

type SpecialProps = { deployment: Deployment; stages: Stage[]; failure: Failure; instance: string };

/** What is different about the instance, against the others of the target. */
function Special({ deployment: { service, environment, version }, stages, failure, instance }: SpecialProps) {
  const one = useQuery(oneInstance(instance));
  const peers = useQuery(peersIn({ service, environment }));
  const found = one.data && peers.data ? differences(one.data, peers.data.items, service) : undefined;
  const others = (peers.data?.items ?? []).filter(({ name }) => name !== instance).length;
  return (
    <Stack gap={6}>
      <Title order={3} fz={13} fw={600}>
        What is different about {instance}
      </Title>
      <Text size="sm">{peersOnVersion(stages, failure.stage, instance, version)}</Text>
      {found && found.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>What</VisuallyHidden>
              </th>
              <th scope="col">{instance}</th>
              <th scope="col">the other {others.toLocaleString("en")}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ what, own, others }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>
                  <b>{own}</b>
                </td>
                <td>{others}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!found?.length && (
        <Text size="sm" c="dimmed">
          {comparedSaid(found?.length, others, one.error ?? peers.error)}
        </Text>
      )}
    </Stack>
  );
}

function comparedSaid(found: number | undefined, others: number, error: unknown): string {
  if (error) return `Its peers could not be compared: ${Problem.of(error).message}`;
  if (found === undefined) return "Comparing it with its peers…";
  if (others === 0) return "There is no other instance to compare it with.";
  return "In labels, agent version and services it is like its peers, so the version or its config is the likelier cause.";
}
