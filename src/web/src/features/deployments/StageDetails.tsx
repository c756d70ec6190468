import { CloseButton, Group, Text } from "@mantine/core";
import { Tag } from "~/ui/Status";
import { spoken } from "~/ui/time";
import { stageLook } from "~/ui/tone";
import { Elapsed } from "~/ui/When";
import type { Stage } from "./stages";

/** The chosen stage in words. */
export function StageDetails({ stage, close }: { stage: Stage; close: () => void }) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" px="sm" pb="xs" gap="sm">
      <Group gap="sm" style={{ rowGap: 4 }}>
        <Tag tone={stageLook[stage.status].tone} live={stage.status === "running"}>
          {stageLook[stage.status].label}
        </Tag>
        <Text size="sm">{stage.description}.</Text>
        {stage.startedAt && (
          <Text size="sm" c="dimmed" component="div">
            {stage.finishedAt ? "took" : "so far"} <Elapsed from={stage.startedAt} to={stage.finishedAt} />
            {stage.deadline !== undefined && ` of at most ${spoken(stage.deadline)}`}
            {(stage.attempt ?? 1) > 1 && `, attempt ${stage.attempt}`}
          </Text>
        )}
        {stage.note && stage.status !== "failed" && (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {stage.note}
          </Text>
        )}
      </Group>
      <CloseButton size="sm" aria-label={`Close ${stage.title}`} onClick={close} />
    </Group>
  );
}
