import { Page } from "~/ui/Page";

export function AboutPage() {
  return <Page title="AboutPage">…</Page>;
}
