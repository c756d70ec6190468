import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { When } from "~/ui/When";

/** When it was made, and by whom. */
export function Made({ at, by }: { at: string; by?: string | null }) {
  return (
    <>
      <When at={at} />
      {by && (
        <Text size="xs" c="dimmed">
          by {by}
        </Text>
      )}
    </>
  );
}

/** Instead of a value that is not there. */
export function Faint({ children }: { children: ReactNode }) {
  return (
    <Text span inherit c="dimmed">
      {children}
    </Text>
  );
}
