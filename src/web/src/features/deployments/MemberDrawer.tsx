import { Group, Text } from "@mantine/core";
import type { Deployment } from "~/api/schema";
import { InstanceDrawer, Written, WrittenNow } from "~/features/instances/InstanceDrawer";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import type { Tile } from "./board";
import { Output } from "./Output";
import { titleOf } from "./stages";

type MemberDrawerProps = { deployment: Deployment; instance?: string; tile?: Tile; close: () => void };

/** One instance of the deployment: where it is, why, and what it writes. Its name is in the URL. */
export function MemberDrawer({ deployment, instance, tile, close }: MemberDrawerProps) {
  return (
    <InstanceDrawer name={instance} service={deployment.service} close={close}>
      {(name) => <Content deployment={deployment} instance={name} tile={tile} />}
    </InstanceDrawer>
  );
}

function Content({ deployment, instance, tile }: { deployment: Deployment; instance: string; tile?: Tile }) {
  const row = tile?.row;
  const evidence = evidenceOf(deployment, instance, row?.evidence);
  const reason = row?.reason ?? (deployment.failure?.instance === instance ? deployment.failure.reason : undefined);
  return (
    <>
      {tile ? <Where tile={tile} /> : <Text size="sm">This instance is not part of the deployment.</Text>}
      {reason && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {reason}
        </Text>
      )}
      {evidence.length > 0 && (
        <Written title="Its last lines when it failed">
          <Output lines={evidence} label={`The last lines of ${instance} when it failed`} />
        </Written>
      )}
      <WrittenNow instance={instance} service={deployment.service} />
    </>
  );
}

function Where({ tile: { tone, label, row, version } }: { tile: Tile }) {
  return (
    <Group gap="sm">
      <Tag tone={tone} live={tone === "busy"}>
        {label}
      </Tag>
      {row && (
        <Text size="sm" c="dimmed">
          in “{titleOf(row.stage)}” · <When at={row.updatedAt} />
        </Text>
      )}
      {version && (
        <Text size="sm" component="div">
          runs <Mono>{version}</Mono>
        </Text>
      )}
    </Group>
  );
}

/** After the way back the row tells of that; the deployment keeps what the first failing instance wrote. */
function evidenceOf({ failure }: Deployment, instance: string, own: string[] | undefined): string[] {
  if (own && own.length > 0) return own;
  return failure?.instance === instance ? (failure.evidence ?? []) : [];
}
