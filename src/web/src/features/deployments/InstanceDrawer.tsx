import { Drawer, Group, Stack, Text, Title } from "@mantine/core";
import type { Deployment } from "~/api/schema";
import { Logs } from "~/ui/Logs";
import { Go } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import type { Tile } from "./board";
import { Output } from "./Output";
import { titleOf } from "./stages";

type InstanceDrawerProps = { deployment: Deployment; instance?: string; tile?: Tile; close: () => void };

/** One instance of the deployment: where it is, why, and what it writes. Its name is in the URL. */
export function InstanceDrawer({ deployment, instance, tile, close }: InstanceDrawerProps) {
  return (
    <Drawer
      opened={instance !== undefined}
      onClose={close}
      position="right"
      size="min(760px, 100vw)"
      title={instance}
      closeButtonProps={{ "aria-label": "Close" }}
      styles={{ title: { fontWeight: 650, fontSize: 17, overflowWrap: "anywhere" } }}
    >
      {instance && <Content deployment={deployment} instance={instance} tile={tile} />}
    </Drawer>
  );
}

function Content({ deployment, instance, tile }: { deployment: Deployment; instance: string; tile?: Tile }) {
  const row = tile?.row;
  const evidence = evidenceOf(deployment, instance, row?.evidence);
  const reason = row?.reason ?? (deployment.failure?.instance === instance ? deployment.failure.reason : undefined);
  return (
    <Stack gap="md">
      <Group gap="sm">
        {tile && (
          <Tag tone={tile.tone} live={tile.tone === "busy"}>
            {tile.label}
          </Tag>
        )}
        {row && (
          <Text size="sm" c="dimmed">
            in “{titleOf(row.stage)}” · <When at={row.updatedAt} />
          </Text>
        )}
        {tile?.version && (
          <Text size="sm" component="div">
            runs <Mono>{tile.version}</Mono>
          </Text>
        )}
        <Go to="/instances/$instance" params={{ instance }} size="sm">
          All about this instance
        </Go>
      </Group>
      {!tile && <Text size="sm">This instance is not part of the deployment.</Text>}
      {reason && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {reason}
        </Text>
      )}
      {evidence.length > 0 && (
        <Stack gap={6}>
          <Title order={3} fz={13} fw={600}>
            Its last lines when it failed
          </Title>
          <Output lines={evidence} label={`The last lines of ${instance} when it failed`} />
        </Stack>
      )}
      <Stack gap={6}>
        <Title order={3} fz={13} fw={600}>
          Output now
        </Title>
        <Logs instance={instance} service={deployment.service} height={420} />
      </Stack>
    </Stack>
  );
}

/** After the way back the row tells of that; the deployment keeps what the first failing instance wrote. */
function evidenceOf({ failure }: Deployment, instance: string, own: string[] | undefined): string[] {
  if (own && own.length > 0) return own;
  return failure?.instance === instance ? (failure.evidence ?? []) : [];
}
