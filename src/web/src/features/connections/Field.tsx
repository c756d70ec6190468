import { PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import type { ConnectionField } from "~/api/schema";

type FieldProps = {
  field: ConnectionField;
  value: string;
  change: (value: string) => void;
  /** A secret that the server has already. */
  kept: boolean;
  error: string | undefined;
};

/** The input that a field asks for. What is secret is never shown: it is kept, or replaced. */
export function Field({ field, value, change, kept, error }: FieldProps) {
  const { label, help, required, secret, multiline, choices = [], default: usual } = field;
  const common = {
    label,
    description: help,
    value,
    error,
    withAsterisk: required === true && !kept,
    placeholder: kept ? "kept; type to replace" : (usual ?? undefined),
    autoComplete: "off",
    spellCheck: false,
  } as const;

  if (choices.length > 0)
    return (
      <Select
        {...common}
        data={[...choices]}
        value={value || null}
        onChange={(next) => change(next ?? "")}
        allowDeselect={false}
      />
    );
  if (multiline)
    return (
      <Textarea
        {...common}
        autosize
        minRows={3}
        maxRows={8}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  if (secret)
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": `Show ${label}` }}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  return <TextInput {...common} onChange={(event) => change(event.currentTarget.value)} />;
}
