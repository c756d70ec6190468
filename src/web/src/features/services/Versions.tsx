import { Badge, Button, Group, Table, Text } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ServiceVersion, Target } from "~/api/schema";
import { allTargets } from "~/features/targets/queries";
import { BuildLink } from "~/ui/BuildLink";
import { Card } from "~/ui/Card";
import { Command } from "~/ui/Command";
import { Empty, Loaded } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { CommitId, Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { DeployTo } from "./DeployTo";
import { versionsOf } from "./queries";
import { References } from "./References";
import classes from "./Service.module.css";

/** Newest first; each with what it brought and where it runs. */
export function Versions({ service }: { service: string }) {
  const query = useInfiniteQuery(versionsOf(service));
  const { data: targets = [] } = useQuery(allTargets);
  const mine = targets.filter((target) => target.service === service);

  return (
    <Card flush label="Versions">
      <Loaded query={query}>
        {({ pages }) => {
          const versions = pages.flatMap((page) => page.items);
          if (versions.length === 0)
            return (
              <Empty icon={<IconPackage size={24} />} title="No version is published yet">
                <Command>{`slipway publish ${service} 1.0.0 ./dist`}</Command>
              </Empty>
            );
          return (
            <Table miw={720} verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Version</Table.Th>
                  <Table.Th>Brings</Table.Th>
                  <Table.Th>Runs in</Table.Th>
                  <Table.Th>Published</Table.Th>
                  <Table.Th>
                    <span style={{ visibility: "hidden" }}>Actions</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {versions.map((version) => (
                  <VersionRow key={version.version} version={version} targets={mine} />
                ))}
              </Table.Tbody>
            </Table>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <Group justify="center" p="sm">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Older versions
          </Button>
        </Group>
      )}
    </Card>
  );
}

const mostSubjects = 4;

function VersionRow({ version, targets }: { version: ServiceVersion; targets: Target[] }) {
  const { commits = [] } = version;
  return (
    <Table.Tr>
      <Table.Th scope="row" style={{ verticalAlign: "top" }}>
        <Mono fw={600}>{version.version}</Mono>
        {version.badBecause && (
          <div>
            <Tag tone="bad">was taken back</Tag>
            <Text size="xs" c="dimmed" fw={400} maw={260}>
              {version.badBecause}
            </Text>
          </div>
        )}
      </Table.Th>
      <Table.Td style={{ verticalAlign: "top" }}>
        <Group gap="xs">
          {version.branch && <Badge variant="outline">{version.branch}</Badge>}
          {version.commit && <CommitId sha={version.commit} />}
          <BuildLink url={version.buildUrl} version={version.version} />
        </Group>
        <References references={version.references} whole />
        {commits.length > 0 && (
          <ul className={classes.subjects}>
            {commits.slice(0, mostSubjects).map(({ sha, message }) => (
              <li key={sha}>{message}</li>
            ))}
            {commits.length > mostSubjects && <li>and {commits.length - mostSubjects} more</li>}
          </ul>
        )}
      </Table.Td>
      <Table.Td style={{ verticalAlign: "top" }}>
        <Group gap={6}>
          {targets
            .filter((target) => target.version === version.version)
            .map(({ service, environment }) => (
              <Go key={environment} to="/targets/$service/$environment" params={{ service, environment }} size="sm">
                {environment}
              </Go>
            ))}
        </Group>
      </Table.Td>
      <Table.Td style={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
        <When at={version.createdAt} />
        <Text size="xs" c="dimmed">
          {version.createdBy}
        </Text>
      </Table.Td>
      <Table.Td style={{ verticalAlign: "top" }}>
        <DeployTo version={version} targets={targets} />
      </Table.Td>
    </Table.Tr>
  );
}
