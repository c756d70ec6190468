import { Anchor } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";

/** A link that CI gave. Only web addresses become links: a "javascript:" one never does. */
export function External({ href, children }: { href: string; children: string }) {
  if (!/^https?:\/\//i.test(href)) return <span title={href}>{children}</span>;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="sm" title={href}>
      {children} <IconExternalLink size={13} aria-hidden style={{ verticalAlign: "-2px" }} />
    </Anchor>
  );
}
