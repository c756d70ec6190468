import { Anchor, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ServiceDefinition } from "~/api/schema";
import { allEnvironments } from "~/features/environments/queries";
import { Card } from "~/ui/Card";
import { Command } from "~/ui/Command";
import { Go } from "~/ui/Page";

/** Commands to paste into a pipeline, with this service's own names in them. */
export function ContinuousIntegration({ definition: { service } }: { definition: ServiceDefinition }) {
  const { data: environments = [] } = useQuery(allEnvironments);
  const first = environments[0]?.name ?? "dev";
  const second = environments[1]?.name ?? "production";
  return (
    <Stack gap="lg">
      <Card title="Once: a token for CI">
        <Stack gap="sm">
          <Text size="sm">
            <Go to="/access">Make a token</Go> with the scope deploy, limited to {service}, and keep it as a secret of the
            pipeline.
          </Text>
          <Command>{`export SLIPWAY_SERVER=${location.origin}\nexport SLIPWAY_TOKEN=…   # from the pipeline's secrets`}</Command>
        </Stack>
      </Card>
      <Card title="Every build: publish, then deploy">
        <Stack gap="sm">
          <Text size="sm">Commit, branch and what changed are read from the git checkout.</Text>
          <Command>{`slipway apply -f slipway.yaml\nslipway publish ${service} "$VERSION" ./dist --build-url "$BUILD_URL"\nslipway deploy ${service} "$VERSION" --to ${first} --wait`}</Command>
          <Text size="sm" c="dimmed">
            Exit code 0: it runs and is healthy. 1: it failed or was taken back. 3: refused, for example by a hold.
          </Text>
        </Stack>
      </Card>
      <Card title="Then: promote what was verified">
        <Stack gap="sm">
          <Command>{`slipway promote ${service} --from ${first} --to ${second} --wait`}</Command>
          <Text size="sm">
            Or let a target take every new version of a branch by itself: a switch on{" "}
            <Go to="/targets/$service/$environment" params={{ service, environment: first }}>
              {service} in {first}
            </Go>
            .
          </Text>
        </Stack>
      </Card>
      <Text size="sm" c="dimmed">
        Without the command line: the same through the <Anchor href="/docs">HTTP API</Anchor>.
      </Text>
    </Stack>
  );
}
