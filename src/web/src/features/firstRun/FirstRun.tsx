import { List, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Service, Target } from "~/api/schema";
import { instancesSummary } from "~/features/instances/queries";
import { Card } from "~/ui/Card";
import { Command } from "~/ui/Command";
import { Go } from "~/ui/Page";
import { steps } from "./steps";

const description = `service: checkout
run: ./checkout --port \${PORT}
health: { http: /healthz }`;

/** An empty server: the three steps to a first deployment, ticked as they happen. */
export function FirstRun({ services, targets }: { services: Service[]; targets: Target[] }) {
  const { data } = useQuery(instancesSummary({}));
  const { described, joined, deployed, service, environment } = steps(services, targets, Number(data?.total ?? 0));
  const login = `export SLIPWAY_SERVER=${location.origin}\nslipway login`;

  return (
    <Card title="Three steps to the first deployment">
      <List
        listStyleType="none"
        spacing="lg"
        p={0}
        styles={{ itemWrapper: { display: "block" }, itemLabel: { display: "block" } }}
      >
        <Step number={1} done={described} title="Describe a service">
          <Text size="sm">
            Put a file named <b>slipway.yaml</b> into the service's repository. Three lines are enough:
          </Text>
          <Command label="Copy the file">{description}</Command>
          <Command>{`${login}\nslipway apply -f slipway.yaml`}</Command>
        </Step>
        <Step number={2} done={joined} title="Join an instance">
          <Text size="sm">
            A machine that should run the service needs the agent.{" "}
            <Go to="/instances" search={{ join: true }}>
              Make a line to paste there
            </Go>
            ; the machine appears here as soon as it has joined.
          </Text>
        </Step>
        <Step number={3} done={deployed} title="Publish and deploy">
          <Command>{`slipway publish ${service} 1.0.0 ./dist\nslipway deploy ${service} 1.0.0 --to ${environment} --wait`}</Command>
        </Step>
      </List>
    </Card>
  );
}

function Step({ number, done, title, children }: { number: number; done: boolean; title: string; children: ReactNode }) {
  return (
    <List.Item
      icon={
        <ThemeIcon radius="xl" size={28} variant={done ? "filled" : "light"} color={done ? "teal" : undefined} aria-hidden>
          {done ? <IconCheck size={18} /> : number}
        </ThemeIcon>
      }
    >
      <Stack gap="xs" data-done={done || undefined}>
        <Text fw={600}>
          {title}
          {done && (
            <Text span size="sm" fw={400} c="var(--ok)" role="status">
              {" "}
              done
            </Text>
          )}
        </Text>
        {!done && children}
      </Stack>
    </List.Item>
  );
}
