import { Page } from "~/ui/Page";

export function DeploymentPage() {
  return <Page title="DeploymentPage">…</Page>;
}
