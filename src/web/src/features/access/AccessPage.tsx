import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "~/ui/Page";
import { AgentsTab } from "./AgentsTab";
import { AuditTab } from "./AuditTab";
import { ForAdmins } from "./ForAdmins";
import { TokensTab } from "./TokensTab";

const route = getRouteApi("/shell/access");
const tabs = [
  { tab: "tokens", title: "Tokens" },
  { tab: "agents", title: "Agents" },
  { tab: "audit", title: "Audit" },
] as const;

/** Who and what may do something here, and what they did. */
export function AccessPage() {
  const { tab = "tokens" } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: string | null) => {
    const found = tabs.find((each) => each.tab === next)?.tab;
    void navigate({ search: { tab: found === "tokens" ? undefined : found } });
  };
  return (
    <Page title="Tokens and agents" lead="Who and what may do something here, and what they did.">
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="lg">
          {tabs.map((each) => (
            <Tabs.Tab key={each.tab} value={each.tab}>
              {each.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="tokens">
          <ForAdmins title="Tokens are for administrators">
            <TokensTab />
          </ForAdmins>
        </Tabs.Panel>
        <Tabs.Panel value="agents">
          <AgentsTab />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <ForAdmins title="The audit is for administrators">
            <AuditTab />
          </ForAdmins>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
