import { Page } from "~/ui/Page";

export function InstancesPage() {
  return <Page title="InstancesPage">…</Page>;
}
