import { useDocumentTitle } from "@mantine/hooks";
import { useEffect } from "react";
import type { Tone } from "~/ui/tone";

/** The tab tells the state by its title and its icon, also when another tab is in front. */
export function useTab(title: string, tone: Tone) {
  useDocumentTitle(title);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (!icon) return;
    const usual = icon.getAttribute("href") ?? "/favicon.svg";
    icon.href = `/favicon-${tone}.svg`;
    return () => {
      icon.href = usual;
    };
  }, [tone]);
}
