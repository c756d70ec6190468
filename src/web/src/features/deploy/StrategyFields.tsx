import { Checkbox, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import type { StrategyErrors, StrategyForm, StrategyKind } from "./strategy";

const names: Record<StrategyKind, string> = {
  usual: "As configured",
  canary: "Canary",
  rolling: "Rolling",
  allAtOnce: "All at once",
  redBlack: "Red/black",
  highlander: "Highlander",
};

const said: Record<StrategyKind, string> = {
  usual: "In the steps that slipway.yaml gives this environment.",
  canary: "A few instances first, watched for a while; then the rest in batches.",
  rolling: "Batch after batch; the next begins when the last is healthy.",
  allAtOnce: "Every instance at the same time. Fastest; the service is away while it restarts.",
  redBlack: "New instances beside the old; when they are healthy, traffic moves at once, and the old stay for the way back.",
  highlander: "New instances beside the old; when they are healthy, all the old are destroyed. There is no fast way back.",
};

type Field = keyof StrategyErrors;
const fields: Record<StrategyKind, { field: Field; label: string }[]> = {
  usual: [],
  allAtOnce: [],
  highlander: [],
  redBlack: [
    { field: "wait", label: "Both serve for" },
    { field: "keep", label: "Generations kept" },
  ],
  rolling: [
    { field: "batch", label: "Instances at a time" },
    { field: "pause", label: "Pause between" },
  ],
  canary: [
    { field: "first", label: "Instances first" },
    { field: "soak", label: "Watched for" },
    { field: "batch", label: "Then at a time" },
  ],
};

type StrategyProps = {
  form: StrategyForm;
  change: (form: StrategyForm) => void;
  errors: StrategyErrors | undefined;
  kinds: readonly StrategyKind[];
};

/** In which steps, if not in the usual ones. */
export function StrategyFields({ form, change, errors, kinds }: StrategyProps) {
  return (
    <Stack gap="xs">
      <div style={{ overflowX: "auto" }}>
        <SegmentedControl
          size="xs"
          value={form.kind}
          onChange={(kind) => change({ ...form, kind: kind as StrategyKind })}
          data={kinds.map((value) => ({ value, label: names[value] }))}
          aria-label="Strategy"
        />
      </div>
      <Text size="sm" c="dimmed">
        {said[form.kind]}
      </Text>
      {fields[form.kind].length > 0 && (
        <Group gap="sm" align="flex-start">
          {fields[form.kind].map(({ field, label }) => (
            <TextInput
              key={field}
              size="xs"
              w={140}
              label={label}
              value={form[field]}
              error={errors?.[field]}
              onChange={(event) => change({ ...form, [field]: event.currentTarget.value.trim() })}
              autoComplete="off"
            />
          ))}
        </Group>
      )}
      {form.kind === "redBlack" && (
        <Checkbox
          size="sm"
          label="Scale the old down to nothing afterwards; then the way back takes as long as they need to start"
          checked={form.scaleDown}
          onChange={(event) => change({ ...form, scaleDown: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
