import { ActionIcon, Box, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./Command.module.css";

export function Copy({ value, what = "Copy" }: { value: string; what?: string }) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : what}>
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={copied ? "Copied" : what}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Something to type into a terminal, ready to copy. */
export function Command({ children, label = "Copy the command" }: { children: string; label?: string }) {
  return (
    <Box className={classes.command}>
      <pre tabIndex={0}>{children}</pre>
      <Copy value={children} what={label} />
    </Box>
  );
}
