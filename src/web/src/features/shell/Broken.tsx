import { Anchor, Box } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { Empty, Failed } from "~/ui/Faces";
import { Go } from "~/ui/Page";

/** The one boundary: whatever a screen throws ends here, said in words. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Box p="md">
      <Failed error={error} retry={again} />
    </Box>
  );
}

export function NotFound() {
  return (
    <Box p="md">
      <Empty icon={<IconMapOff size={24} />} title="There is nothing at this address">
        The link may be old, or a letter is missing. <Go to="/">To the overview</Go> or{" "}
        <Anchor href="/docs">to the API's documentation</Anchor>.
      </Empty>
    </Box>
  );
}
