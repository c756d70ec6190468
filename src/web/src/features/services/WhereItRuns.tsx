import { SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { allEnvironments } from "~/features/environments/queries";
import { Cell } from "~/features/home/Cell";
import { allTargets } from "~/features/targets/queries";
import { Card } from "~/ui/Card";
import { Empty } from "~/ui/Faces";
import { useNow } from "~/ui/time";
import classes from "./Service.module.css";

/** The service's row of the overview, environment by environment. */
export function WhereItRuns({ service }: { service: string }) {
  const { data: targets = [] } = useQuery(allTargets);
  const { data: environments = [] } = useQuery(allEnvironments);
  const now = useNow();
  const here = environments.flatMap(({ name }) =>
    targets.filter((target) => target.service === service && target.environment === name),
  );

  return (
    <Card title="Where it runs">
      {here.length === 0 ? (
        <Empty title="Nowhere yet">It appears here as soon as an instance that runs it has joined an environment.</Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3, md: 4, xl: 6 }} spacing="sm">
          {here.map((target) => (
            <div key={target.environment} className={classes.place}>
              <div className={classes.environment}>{target.environment}</div>
              <Cell target={target} now={now} />
            </div>
          ))}
        </SimpleGrid>
      )}
    </Card>
  );
}
