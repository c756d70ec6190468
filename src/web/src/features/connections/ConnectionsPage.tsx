import { Button, Stack } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection, ConnectionType } from "~/api/schema";
import { allServices } from "~/features/services/queries";
import { Allowed } from "~/features/session/Allowed";
import { Card } from "~/ui/Card";
import { Empty, Loaded, Waiting } from "~/ui/Faces";
import { Page } from "~/ui/Page";
import { ConnectionCard } from "./ConnectionCard";
import { ConnectionForm } from "./ConnectionForm";
import { DeleteConnection } from "./DeleteConnection";
import { usedBy } from "./fields";
import { allConnections, connectionTypes } from "./queries";

/** The systems that deploy for Slipway, and how it reaches them. */
export function ConnectionsPage() {
  const types = useQuery(connectionTypes);
  const connections = useQuery(allConnections);
  const [editing, setEditing] = useState<{ connection?: Connection }>();
  return (
    <Page
      title="Connections"
      lead="Other systems that deploy for Slipway, and how it reaches them."
      actions={
        <Allowed scope="admin" unless={types.data === undefined && "What can be connected is not known yet."}>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing({})}>
            New connection
          </Button>
        </Allowed>
      }
    >
      <Loaded query={types} waiting={<WaitingCard />}>
        {(known) => (
          <Loaded query={connections} waiting={<WaitingCard />}>
            {(all) => (
              <>
                <List types={known} connections={all} change={(connection) => setEditing({ connection })} />
                {editing && (
                  <ConnectionForm
                    types={known}
                    connection={editing.connection}
                    taken={all.map(({ name }) => name)}
                    close={() => setEditing(undefined)}
                  />
                )}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function WaitingCard() {
  return (
    <Card label="Loading">
      <Waiting rows={2} height={72} />
    </Card>
  );
}

type ListProps = {
  types: readonly ConnectionType[];
  connections: readonly Connection[];
  change: (connection: Connection) => void;
};

function List({ types, connections, change }: ListProps) {
  const { data: services = [] } = useQuery(allServices);
  const [removing, setRemoving] = useState<Connection>();
  if (connections.length === 0)
    return (
      <Card label="Connections">
        <Empty icon={<IconPlugConnected size={24} />} title="Nothing is connected yet">
          Services whose instances are made by another system need a connection to it:{" "}
          {types.map(({ title }) => title).join(", ") || "none is known to this server"}. Services with agents need none.
        </Empty>
      </Card>
    );
  return (
    <>
      <Stack gap="md">
        {connections.map((connection) => (
          <ConnectionCard
            key={connection.name}
            connection={connection}
            type={types.find(({ name }) => name === connection.type)}
            services={usedBy(connection, connections, services)}
            change={() => change(connection)}
            remove={() => setRemoving(connection)}
          />
        ))}
      </Stack>
      <DeleteConnection
        connection={removing}
        services={removing ? usedBy(removing, connections, services) : []}
        close={() => setRemoving(undefined)}
      />
    </>
  );
}
