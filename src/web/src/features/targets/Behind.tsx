import { Anchor, Collapse, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Behind as BehindOf, Target } from "~/api/schema";
import { Commits } from "~/features/deploy/Commits";
import { comparison } from "~/features/services/queries";
import { Allowed } from "~/features/session/Allowed";
import { Card } from "~/ui/Card";
import { Loaded, Waiting } from "~/ui/Faces";
import { GoButton } from "~/ui/GoButton";
import { Mono } from "~/ui/Version";
import { distance } from "./words";

/** What the environment before this one has that this one has not. */
export function Behind({ target, behind }: { target: Target; behind: BehindOf }) {
  const [opened, setOpened] = useState(false);
  const { service, environment, version } = target;
  return (
    <Card title={`Ahead in ${behind.environment}`}>
      <Stack gap="sm">
        <Text size="sm">
          <Mono fw={600}>{behind.version}</Mono> runs in {behind.environment}: {distance(behind.versions, behind.commits)} that{" "}
          {environment} has not.
        </Text>
        <Group gap="sm">
          <Allowed scope="deploy" service={service} environment={environment}>
            <GoButton
              to="/targets/$service/$environment/deploy"
              params={{ service, environment }}
              search={{ version: behind.version }}
              size="xs"
              variant="light"
            >
              Deploy it here
            </GoButton>
          </Allowed>
          {version && (
            <Anchor component="button" type="button" size="sm" onClick={() => setOpened(!opened)} aria-expanded={opened}>
              {opened ? "Hide commits" : "Show commits"}
            </Anchor>
          )}
        </Group>
        {version && (
          <Collapse expanded={opened}>{opened && <Between service={service} from={version} to={behind.version} />}</Collapse>
        )}
      </Stack>
    </Card>
  );
}

function Between({ service, from, to }: { service: string; from: string; to: string }) {
  return (
    <Loaded query={useQuery(comparison(service, from, to))} waiting={<Waiting rows={3} height={20} />}>
      {({ commits }) => <Commits commits={commits} few={8} />}
    </Loaded>
  );
}
