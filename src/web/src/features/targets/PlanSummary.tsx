import { Alert, Group, List, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem } from "~/api/problem";
import type { Deployment, Plan } from "~/api/schema";
import { PlanStages } from "~/features/deploy/PlanStages";
import { Waiting } from "~/ui/Faces";
import { milliseconds, spoken } from "~/ui/time";

/** The same address answers a plan or a deployment; asked for a plan it is one. */
export function planIn(answer: Plan | Deployment | undefined): Plan | undefined {
  return answer && "changes" in answer ? answer : undefined;
}

type SummaryProps = { query: UseQueryResult<Plan | Deployment>; lead: (plan: Plan) => ReactNode };

/** The plan inside a question: what happens, how long it takes, and its stages. */
export function PlanSummary({ query, lead }: SummaryProps) {
  const plan = planIn(query.data);
  if (query.isError)
    return (
      <Alert color="red" variant="light" title="This can not be done now">
        {Problem.of(query.error).message}
      </Alert>
    );
  if (!plan) return <Waiting rows={3} height={40} />;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>{lead(plan)}</div>
        <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }}>
          {plan.expectedDuration ? `about ${spoken(milliseconds(plan.expectedDuration))}` : "time not known yet"}
        </Text>
      </Group>
      {plan.warnings && plan.warnings.length > 0 && (
        <List size="sm" spacing={2} c="var(--warn)">
          {plan.warnings.map((warning) => (
            <List.Item key={warning}>{warning}</List.Item>
          ))}
        </List>
      )}
      <PlanStages stages={plan.stages} />
    </Stack>
  );
}
