import { Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import type { Service, SlipwayEnvironment, Target } from "~/api/schema";
import { allEnvironments } from "~/features/environments/queries";
import { FirstRun } from "~/features/firstRun/FirstRun";
import { allServices } from "~/features/services/queries";
import { allTargets } from "~/features/targets/queries";
import { Card } from "~/ui/Card";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { Page } from "~/ui/Page";
import { useNow } from "~/ui/time";
import { board } from "./board";
import { Filters } from "./Filters";
import { useFavourites } from "./favourites";
import { Grid } from "./Grid";
import { PhoneList } from "./PhoneList";
import { RunningNow } from "./RunningNow";

const route = getRouteApi("/shell/");

/** What the overview is made of. */
export const overview = [allServices, allEnvironments, allTargets] as const;

/** Services × environments: what runs where. */
export function Home() {
  const services = useQuery(allServices);
  const environments = useQuery(allEnvironments);
  const targets = useQuery(allTargets);
  const failed = [services, environments, targets].find((query) => query.isError && query.data === undefined);

  return (
    <Page title="Overview" wide lead={services.data && targets.data && <Sum services={services.data} targets={targets.data} />}>
      {failed ? (
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      ) : services.data && environments.data && targets.data ? (
        <Overview services={services.data} environments={environments.data} targets={targets.data} />
      ) : (
        <Card flush label="Loading">
          <Waiting rows={10} height={44} />
        </Card>
      )}
    </Page>
  );
}

type OverviewProps = { services: Service[]; environments: SlipwayEnvironment[]; targets: Target[] };

function Overview({ services, environments, targets }: OverviewProps) {
  const view = useDeferredValue(route.useSearch());
  const { favourites, toggle } = useFavourites();
  const phone = useMediaQuery("(max-width: 48em)");
  const now = useNow();
  const shown = useMemo(
    () => board(services, environments, targets, favourites, view),
    [services, environments, targets, favourites, view],
  );
  const begun = targets.some(({ version }) => version);

  return (
    <>
      {!begun && <FirstRun services={services} targets={targets} />}
      <RunningNow targets={targets} />
      {services.length > 0 && (
        <>
          <Filters board={shown} environments={environments} />
          {shown.rows.length === 0 ? (
            <Card label="Services">
              <Empty title="No service fits">Change or clear the search above.</Empty>
            </Card>
          ) : phone ? (
            <PhoneList board={shown} favourites={favourites} toggle={toggle} now={now} />
          ) : (
            <Grid board={shown} favourites={favourites} toggle={toggle} now={now} />
          )}
        </>
      )}
    </>
  );
}

function Sum({ services, targets }: { services: Service[]; targets: Target[] }) {
  const running = targets.filter(({ runningDeployment }) => runningDeployment).length;
  const held = targets.filter(({ hold }) => hold).length;
  return (
    <Group gap="0 24px">
      <Text span>
        {services.length} {services.length === 1 ? "service" : "services"}
      </Text>
      <Text span>{running === 0 ? "nothing is being deployed" : `${running} being deployed`}</Text>
      {held > 0 && <Text span>{held} on hold</Text>}
    </Group>
  );
}
