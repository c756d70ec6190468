import { Box, Button, Center, Skeleton, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem } from "~/api/problem";

/** The three other faces of every list: nothing there yet, on its way, and could not be had. */

export function Empty({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <Center p="xl" mih={160}>
      <Stack align="center" gap="xs" maw={460} ta="center">
        {icon && (
          <ThemeIcon size={44} radius="xl" variant="light" aria-hidden>
            {icon}
          </ThemeIcon>
        )}
        <Text fw={600}>{title}</Text>
        {children && (
          <Text c="dimmed" size="sm" component="div">
            {children}
          </Text>
        )}
      </Stack>
    </Center>
  );
}

/** As tall as what will come, so that nothing jumps. */
export function Waiting({ rows = 4, height = 36 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} p="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={row} height={height} radius="sm" />
      ))}
    </Stack>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = Problem.of(error);
  const unreachable = problem.code === "unreachable";
  return (
    <Center p="xl" mih={160}>
      <Stack align="center" gap="xs" maw={520} ta="center" role="alert">
        <ThemeIcon size={44} radius="xl" color={unreachable ? "gray" : "red"} variant="light" aria-hidden>
          {unreachable ? <IconPlugConnectedX size={24} /> : <IconAlertTriangle size={24} />}
        </ThemeIcon>
        <Text fw={600}>{unreachable ? "No answer from the server" : "This could not be shown"}</Text>
        <Text c="dimmed" size="sm" style={{ overflowWrap: "anywhere" }}>
          {problem.message}
        </Text>
        {retry && (
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Center>
  );
}

type LoadedProps<T> = { query: UseQueryResult<T>; waiting?: ReactNode; children: (data: T) => ReactNode };

/** A query's data, or the face for what it is at the moment. Old data stays on the screen while newer is on its way. */
export function Loaded<T>({ query, waiting, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Box>{waiting ?? <Waiting />}</Box>;
}
