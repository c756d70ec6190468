import { Button, Stack, TagsInput, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { Instance } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { Card } from "~/ui/Card";
import { Go } from "~/ui/Page";
import { Mono } from "~/ui/Version";
import classes from "./Instance.module.css";
import { labelObjection, labelsFrom, labelsOf } from "./labels";
import { useChangeInstance } from "./queries";

export function LabelsCard({ instance }: { instance: Instance }) {
  const [opened, { open, close }] = useDisclosure();
  const labels = labelsOf(instance.labels);
  return (
    <Card
      title="Labels"
      actions={
        <Allowed scope="deploy" environment={instance.environment}>
          <Button variant="default" size="xs" onClick={open}>
            Edit labels
          </Button>
        </Allowed>
      }
    >
      {labels.length === 0 ? (
        <Text size="sm" c="dimmed">
          None. Labels are what instances are found by: a zone, a rack, an owner.
        </Text>
      ) : (
        <div className={classes.labels}>
          {labels.map((label) => (
            <Go key={label} to="/instances" search={{ label: [label] }} title={`All instances with ${label}`}>
              <Mono>{label}</Mono>
            </Go>
          ))}
        </div>
      )}
      {opened && <AskLabels instance={instance} close={close} />}
    </Card>
  );
}

/** What slipway.yaml writes for a label; the agent fills it from what it was given when it joined. */
const placeholder = `$${"{label.name}"}`;

function AskLabels({ instance, close }: { instance: Instance; close: () => void }) {
  const [wanted, setWanted] = useState(labelsOf(instance.labels));
  const change = useChangeInstance(instance.name);
  const objection = labelObjection(wanted);
  const act = () => {
    if (objection) return;
    change.mutate(
      { labels: labelsFrom(wanted) },
      {
        onSuccess: () => {
          close();
          notifications.show({ color: "teal", message: `The labels of ${instance.name} are changed.` });
        },
      },
    );
  };
  return (
    <Ask
      opened
      close={close}
      title={`Labels of ${instance.name}`}
      action="Change the labels"
      pending={change.isPending}
      error={change.error}
      act={act}
    >
      <Stack gap="sm">
        <TagsInput
          label="Labels"
          description="name=value, then Enter"
          value={wanted}
          onChange={setWanted}
          error={objection}
          acceptValueOnBlur
          data-autofocus
        />
        <Text size="sm" c="dimmed">
          Instances are found and filtered by the new labels at once. What <Mono>{placeholder}</Mono> stands for in slipway.yaml
          stays what it was when the instance joined.
        </Text>
      </Stack>
    </Ask>
  );
}
