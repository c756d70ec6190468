import { Anchor, Group, List, Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Deployment, VersionComparison } from "~/api/schema";
import { comparison } from "~/features/services/queries";
import { Card } from "~/ui/Card";
import { CommitId, Mono } from "~/ui/Version";

const few = 5;

/** What this deployment brings or takes back. */
export function Changes({ deployment }: { deployment: Deployment }) {
  return (
    <Card title="What changes">
      <ChangesTold deployment={deployment} />
    </Card>
  );
}

/** Versions, commits, config. */
export function ChangesTold({ deployment }: { deployment: Deployment }) {
  const { service, version, previousVersion, plan } = deployment;
  const known = previousVersion && previousVersion !== version;
  const compared = useQuery({ ...comparison(service, previousVersion ?? "", version), enabled: Boolean(known), retry: false });
  const { configNames = [], fromConfigRevision, toConfigRevision } = plan.changes;
  return (
    <Stack gap="xs">
      <Group gap={8} wrap="nowrap">
        {previousVersion ? <Mono>{previousVersion}</Mono> : <Text size="sm">nothing</Text>}
        <IconArrowRight size={16} aria-label="to" />
        <Mono fw={600}>{version}</Mono>
      </Group>
      {previousVersion === version && <Text size="sm">The same version again.</Text>}
      {!previousVersion && <Text size="sm">The first deployment of {service} here.</Text>}
      {compared.data && <Commits comparison={compared.data} />}
      {toConfigRevision !== fromConfigRevision && toConfigRevision && (
        <Text size="sm">
          Config revision {fromConfigRevision ? `${fromConfigRevision} → ` : ""}
          {toConfigRevision}
        </Text>
      )}
      {configNames.length > 0 && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          Settings that differ: {configNames.join(", ")}
        </Text>
      )}
    </Stack>
  );
}

function Commits({ comparison: { commits, direction } }: { comparison: VersionComparison }) {
  const [all, setAll] = useState(false);
  if (commits.length === 0) return null;
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {direction === "backward" ? "Takes back" : "Brings"} {commits.length === 1 ? "1 commit" : `${commits.length} commits`}
      </Text>
      <List size="sm" spacing={4} listStyleType="none" withPadding={false} pl={0}>
        {(all ? commits : commits.slice(0, few)).map(({ sha, message, author }) => (
          <List.Item key={sha}>
            <CommitId sha={sha} /> {message}
            {author && (
              <Text span size="xs" c="dimmed">
                {" "}
                {author}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      {commits.length > few && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAll(!all)} ta="left">
          {all ? "Show fewer" : `Show all ${commits.length}`}
        </Anchor>
      )}
    </Stack>
  );
}
