import { ActionIcon, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMessage2Plus } from "@tabler/icons-react";
import { lazy, Suspense } from "react";

const FeedbackDialog = lazy(() => import("./FeedbackDialog").then((module) => ({ default: module.FeedbackDialog })));

/** On every screen: a short text, sent together with where the person was. */
export function FeedbackButton() {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Tooltip label="Say what annoys or pleases you here">
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={open} aria-label="Give feedback">
          <IconMessage2Plus size={19} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      {opened && (
        <Suspense>
          <FeedbackDialog close={close} />
        </Suspense>
      )}
    </>
  );
}
