import { Box, Tooltip } from "@mantine/core";
import { type Connection, useConnection } from "~/api/live";
import { Dot, Tag } from "~/ui/Status";

const said: Record<Connection, string> = {
  connecting: "Connecting to the server",
  live: "Live: changes appear by themselves",
  lost: "The server does not answer. What you see may be old; it is refreshed as soon as the server is back.",
};

/** Whether the screen follows what happens. Loud only when it does not. */
export function Pulse() {
  const connection = useConnection();
  return (
    <Tooltip label={said[connection]} multiline maw={280}>
      <span role="status" aria-label={said[connection]} data-connection={connection}>
        {connection === "lost" ? (
          <>
            <Box visibleFrom="sm" component="span">
              <Tag tone="warn" live>
                reconnecting
              </Tag>
            </Box>
            <Box hiddenFrom="sm" component="span">
              <Dot tone="warn" live />
            </Box>
          </>
        ) : (
          <Dot tone={connection === "live" ? "ok" : "quiet"} />
        )}
      </span>
    </Tooltip>
  );
}
