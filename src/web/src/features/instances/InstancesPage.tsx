import { Button, Group, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Allowed } from "~/features/session/Allowed";
import { Card } from "~/ui/Card";
import { Page } from "~/ui/Page";
import { Facets } from "./Facets";
import classes from "./Fleet.module.css";
import { FleetMap } from "./FleetMap";
import { FleetTable } from "./FleetTable";
import { type FleetSearch, filterOf } from "./filter";
import { JoinDialog } from "./JoinDialog";
import { Narrowed } from "./Narrowed";
import { instancesSummary } from "./queries";

const route = getRouteApi("/shell/instances");

/** Every machine on which an agent runs, and what it runs. */
export function InstancesPage() {
  const { join, view, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: summary } = useQuery(instancesSummary(filterOf(search)));
  const narrow = (next: FleetSearch) => void navigate({ search: { ...next, view, join }, replace: true });
  const show = (next: { join?: true; view?: "map" }) => void navigate({ search: { ...search, join, view, ...next } });

  return (
    <Page
      wide
      title="Instances"
      lead="Machines and containers on which an agent runs services."
      actions={
        <Allowed scope="admin">
          <Button leftSection={<IconPlus size={16} />} onClick={() => show({ join: true })}>
            Join an instance
          </Button>
        </Allowed>
      }
    >
      <div className={classes.layout}>
        <Facets search={search} narrow={narrow} />
        <div className={classes.fleet}>
          <Group justify="space-between" align="flex-start" mb="sm" wrap="nowrap">
            <Narrowed search={search} narrow={narrow} summary={summary} />
            <SegmentedControl
              size="xs"
              style={{ flexShrink: 0 }}
              aria-label="How to show them"
              value={view ?? "list"}
              onChange={(next) => show({ view: next === "map" ? "map" : undefined })}
              data={[
                { value: "list", label: "List" },
                { value: "map", label: "Map" },
              ]}
            />
          </Group>
          <Card flush still label="Instances">
            {view === "map" ? (
              <FleetMap search={search} total={summary?.total} />
            ) : (
              <FleetTable search={search} narrow={narrow} />
            )}
          </Card>
        </div>
      </div>
      <JoinDialog opened={join === true} environment={search.environment} close={() => show({ join: undefined })} />
    </Page>
  );
}
