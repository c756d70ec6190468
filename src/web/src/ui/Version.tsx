import { Text, type TextProps } from "@mantine/core";

/** A version, commit or other name that a machine gave: in a fixed pitch, cut with dots where it is long, whole on hover. */
export function Mono({ children, ...rest }: TextProps & { children: string }) {
  return (
    <Text span ff="monospace" fz="0.92em" truncate title={children.length > 16 ? children : undefined} maw="100%" {...rest}>
      {children}
    </Text>
  );
}

/** A commit, short, with the whole on hover. */
export function CommitId({ sha }: { sha: string }) {
  return (
    <Text span ff="monospace" fz="0.92em" c="dimmed" title={sha}>
      {sha.slice(0, 8)}
    </Text>
  );
}
