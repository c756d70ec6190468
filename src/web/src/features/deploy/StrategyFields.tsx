import { Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import type { StrategyErrors, StrategyForm, StrategyKind } from "./strategy";

const kinds: { value: StrategyKind; label: string }[] = [
  { value: "usual", label: "As configured" },
  { value: "canary", label: "Canary" },
  { value: "rolling", label: "Rolling" },
  { value: "allAtOnce", label: "All at once" },
];

const said: Record<StrategyKind, string> = {
  usual: "In the steps that slipway.yaml gives this environment.",
  canary: "A few instances first, watched for a while; then the rest in batches.",
  rolling: "Batch after batch; the next begins when the last is healthy.",
  allAtOnce: "Every instance at the same time. Fastest; the service is away while it restarts.",
};

type Field = keyof StrategyErrors;
const fields: Record<StrategyKind, { field: Field; label: string }[]> = {
  usual: [],
  allAtOnce: [],
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

type StrategyProps = { form: StrategyForm; change: (form: StrategyForm) => void; errors: StrategyErrors | undefined };

/** In which steps, if not in the usual ones. */
export function StrategyFields({ form, change, errors }: StrategyProps) {
  return (
    <Stack gap="xs">
      <div style={{ overflowX: "auto" }}>
        <SegmentedControl
          size="xs"
          value={form.kind}
          onChange={(kind) => change({ ...form, kind: kind as StrategyKind })}
          data={kinds}
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
    </Stack>
  );
}
