import { Drawer, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Logs } from "~/ui/Logs";
import { Go } from "~/ui/Page";

type InstanceDrawerProps = {
  /** Undefined: closed. */
  name: string | undefined;
  service: string;
  close: () => void;
  children: (name: string) => ReactNode;
};

/** One instance from near, without leaving what one looks at. */
export function InstanceDrawer({ name, service, close, children }: InstanceDrawerProps) {
  return (
    <Drawer opened={name !== undefined} onClose={close} size="min(760px, 100vw)" title={name}>
      {name && (
        <Stack key={name} gap="md">
          <Go to="/instances/$instance" params={{ instance: name }} search={{ service }} size="sm">
            All about this instance
          </Go>
          {children(name)}
        </Stack>
      )}
    </Drawer>
  );
}

/** What it writes, under a title. */
export function Written({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap={6}>
      <Title order={3} fz={13} fw={600}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

export function WrittenNow({ instance, service }: { instance: string; service: string }) {
  return (
    <Written title="Output now">
      <Logs instance={instance} service={service} height={420} />
    </Written>
  );
}
