import { Page } from "~/ui/Page";

export function DeployPage() {
  return <Page title="DeployPage">…</Page>;
}
