import { Alert, Button, Checkbox, Collapse, Group, Stack, Textarea, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight, IconHandClick, IconRocket } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { idempotencyKey } from "~/api/client";
import { Problem } from "~/api/problem";
import type { DeploymentRequest, Target } from "~/api/schema";
import { planOf, useDeploy } from "~/features/deployments/queries";
import { versionOf } from "~/features/services/queries";
import { useComesInGroups } from "~/features/services/useComesInGroups";
import { Allowed } from "~/features/session/Allowed";
import { useTypedWord } from "~/features/targets/useTypedWord";
import { TypedWord } from "~/ui/Ask";
import { Card } from "~/ui/Card";
import { Empty, Waiting } from "~/ui/Faces";
import classes from "./Deploy.module.css";
import { PlanView } from "./PlanView";
import { StrategyFields } from "./StrategyFields";
import { offeredKinds, strategyOf, usualStrategy } from "./strategy";

/** Typing in a field asks for a new plan after this pause. Milliseconds. */
const typingPause = 300;

type FormProps = {
  target: Target;
  version: string | undefined;
  /** Whether a version may still be offered. */
  offering: boolean;
};

/** The plan for the chosen version, and the one button that carries it out. */
export function DeployForm({ target, version, offering }: FormProps) {
  return (
    <Card title="Plan">
      {version ? (
        <Planned target={target} version={version} />
      ) : offering ? (
        <Waiting rows={4} height={56} />
      ) : (
        <Empty icon={<IconHandClick size={24} />} title="Choose a version">
          {target.version
            ? `${target.version} runs here, and no newer good one was published. Choose one to see what would happen.`
            : "Choose one to see what would happen, before anything does."}
        </Empty>
      )}
    </Card>
  );
}

function Planned({ target, version }: { target: Target; version: string }) {
  const { service, environment } = target;
  const [form, setForm] = useState(usualStrategy);
  const [reason, setReason] = useState("");
  const [rebuild, setRebuild] = useState(false);
  const inGroups = useComesInGroups(service);
  const { data: known } = useQuery(versionOf(service, version));
  const made = known?.references ?? [];
  const [word, setWord] = useState("");
  const typed = useTypedWord(target);
  const [settled] = useDebouncedValue(form, typingPause);
  const { errors } = strategyOf(form);
  const { strategy, errors: unsettled } = strategyOf(settled);
  const asked: DeploymentRequest = { service, environment, version, ...(strategy && { strategy }), ...(rebuild && { rebuild }) };
  const plan = usePlan(asked, target, !unsettled);
  const shown = plan.data && !plan.isPlaceholderData && !plan.isError && settled === form;
  const { deploy, error, pending } = useStart({ ...asked, reason: reason.trim() || undefined });
  const wordMissing = typed !== undefined && word.trim() !== typed;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (shown && !wordMissing && !pending) deploy();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <div aria-live="polite" aria-busy={plan.isFetching} className={shown || plan.isError ? undefined : classes.old}>
          {plan.isError ? (
            <Alert color="red" variant="light" title={`${version} can not be deployed to ${environment} now`}>
              {Problem.of(plan.error).message}
            </Alert>
          ) : plan.data ? (
            <PlanView plan={plan.data} target={target} />
          ) : (
            <Waiting rows={4} height={56} />
          )}
        </div>
        <Options changed={form.kind !== "usual"}>
          <StrategyFields form={form} change={setForm} errors={errors} kinds={offeredKinds(inGroups)} />
        </Options>
        {(made.length > 0 || rebuild) && (
          <Checkbox
            label="Make everything anew (for example the image)"
            description="What was made once for this version is used again otherwise."
            checked={rebuild}
            onChange={(event) => setRebuild(event.currentTarget.checked)}
          />
        )}
        <Textarea
          label="Reason (others see it)"
          autosize
          minRows={1}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {typed !== undefined && <TypedWord word={typed} value={word} change={setWord} />}
        <div className={classes.foot}>
          {error !== null && (
            <Alert color="red" variant="light" role="alert" mb="sm">
              {Problem.of(error).message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Allowed
              scope="deploy"
              service={service}
              environment={environment}
              unless={
                (errors && "Correct the strategy first.") ||
                (plan.isError && "There is no plan for it.") ||
                (wordMissing && `Type ${typed} first.`)
              }
            >
              <Button
                type="submit"
                leftSection={<IconRocket size={16} aria-hidden />}
                loading={pending}
                disabled={!shown && !plan.isError && !errors}
                style={{ height: "auto", minHeight: 36 }}
                styles={{ label: { whiteSpace: "normal", overflowWrap: "anywhere" } }}
              >
                Deploy {version} to {environment}
              </Button>
            </Allowed>
          </Group>
        </div>
      </Stack>
    </form>
  );
}

/** The plan follows what happens at the target: a hold, an instance that goes, a deployment that begins. */
function usePlan(asked: DeploymentRequest, target: Target, enabled: boolean) {
  const plan = useQuery({ ...planOf(asked), enabled, placeholderData: keepPreviousData });
  const { refetch } = plan;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the target is what the plan was made for; a change of it makes a new one
  useEffect(() => {
    if (enabled) void refetch();
  }, [target]);
  return plan;
}

/** One key for one request: pressed again after a lost answer it finds the deployment that was begun. */
function useStart(request: DeploymentRequest) {
  const navigate = useNavigate();
  const { mutate, error, isPending } = useDeploy();
  const text = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another request is another deployment
  const key = useMemo(idempotencyKey, [text]);
  const deploy = () =>
    mutate(
      { ...request, key },
      { onSuccess: ({ id }) => void navigate({ to: "/deployments/$deployment", params: { deployment: id } }) },
    );
  return { deploy, error, pending: isPending };
}

function Options({ changed, children }: { changed: boolean; children: ReactNode }) {
  const [wish, setWish] = useState(false);
  const opened = wish || changed;
  return (
    <Stack gap="xs">
      <UnstyledButton onClick={() => setWish(!opened)} aria-expanded={opened} fz="sm" fw={600} disabled={changed}>
        <Group gap={4}>
          {opened ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
          Strategy
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>{children}</Collapse>
    </Stack>
  );
}
