import { Anchor } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { webLink } from "./webLink";

type BuildLinkProps = { url: string | null | undefined; version: string; className?: string };

/** Where the build of a version can be looked at, as CI gave it. What is no web address stays text. */
export function BuildLink({ url, version, className }: BuildLinkProps) {
  const link = webLink(url);
  if (!link) return url ? <span>{url}</span> : null;
  return (
    <Anchor
      href={link}
      target="_blank"
      rel="noreferrer"
      size="xs"
      className={className}
      aria-label={`Build of ${version}, opens in a new tab`}
    >
      build <IconExternalLink size={12} aria-hidden style={{ verticalAlign: "-1px" }} />
    </Anchor>
  );
}
