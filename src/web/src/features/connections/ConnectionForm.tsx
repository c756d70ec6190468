import { Alert, Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Problem } from "~/api/problem";
import type { Connection, ConnectionType } from "~/api/schema";
import classes from "./Connections.module.css";
import { Diagnosis } from "./Diagnosis";
import { Field } from "./Field";
import { bodyOf, missing, shownFields, type Typed, typedOf } from "./fields";
import { useSaveConnection, useTestConnection } from "./queries";

type FormProps = {
  types: readonly ConnectionType[];
  /** The one to change; without, a new one is made. */
  connection?: Connection;
  /** Names that are taken. */
  taken: readonly string[];
  close: () => void;
};

/** Makes or changes a connection, and tries it at once, so that what is wrong can be put right where it was typed. */
export function ConnectionForm({ types, connection, taken, close }: FormProps) {
  const [saved, setSaved] = useState(connection);
  const [name, setName] = useState(connection?.name ?? "");
  const [type, setType] = useState(types.find((each) => each.name === connection?.type) ?? types[0]);
  const [typed, setTyped] = useState<Typed>(() => typedOf(type, connection));
  const [asked, setAsked] = useState(false);
  const save = useSaveConnection();
  const test = useTestConnection();
  const inSight = useInSight(test.isPending || test.data !== undefined || test.isError, test.data);
  const known = saved?.secrets ?? [];
  const problem = save.isError ? Problem.of(save.error) : undefined;
  const nameError = saved ? undefined : wrongName(name.trim(), taken);
  const lacks = type ? missing(type, typed, known) : [];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!type || nameError || lacks.length > 0) return;
    test.reset();
    save.mutate(
      { name: name.trim(), ...bodyOf(type, typed, known) },
      {
        onSuccess: (now) => {
          setSaved(now);
          // What was typed into a secret is kept now, and not shown again.
          setTyped(typedOf(type, now));
          test.mutate(now.name);
        },
      },
    );
  };

  return (
    <Modal opened onClose={close} title={connection ? `Change ${connection.name}` : "New connection"} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Group gap="md" grow align="flex-start">
            <TextInput
              label="Name"
              description="What settings of services call it."
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={(asked && nameError) || problem?.fields.name?.[0]}
              disabled={saved !== undefined}
              withAsterisk
              autoComplete="off"
              spellCheck={false}
              data-autofocus={saved ? undefined : true}
            />
            <Select
              label="Kind"
              description="The system at the other end."
              data={types.map((each) => ({ value: each.name, label: each.title }))}
              value={type?.name ?? null}
              onChange={(wanted) => {
                const next = types.find((each) => each.name === wanted);
                setType(next);
                setTyped(typedOf(next));
              }}
              disabled={saved !== undefined}
              allowDeselect={false}
            />
          </Group>
          {type &&
            shownFields(type, typed).map((field) => (
              <Field
                key={field.name}
                field={field}
                value={typed[field.name] ?? ""}
                change={(value) => setTyped({ ...typed, [field.name]: value })}
                kept={field.secret === true && known.includes(field.name)}
                error={
                  asked && lacks.includes(field.name) ? "This is needed." : (problem?.fields[field.name]?.join(" ") ?? undefined)
                }
              />
            ))}
          {problem && (
            <Alert color="red" variant="light" role="alert">
              {problem.message}
            </Alert>
          )}
          <div ref={inSight} className={classes.found}>
            <Diagnosis pending={test.isPending} error={test.error} found={test.data} />
          </div>
          <Group justify="flex-end" className={classes.foot}>
            <Button variant="default" onClick={close}>
              {saved && saved !== connection ? "Done" : "Not now"}
            </Button>
            <Button type="submit" loading={save.isPending || test.isPending}>
              Save and test
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function wrongName(name: string, taken: readonly string[]): string | undefined {
  if (name === "") return "This is needed.";
  if (taken.includes(name)) return "There is one of this name already.";
  return /^[a-z][a-z0-9-]{0,62}$/.test(name) ? undefined : "Lower-case letters, digits and dashes; it begins with a letter.";
}

/** What a test found stands below a long form: it is brought into sight when it comes. */
function useInSight(shown: boolean, found: unknown) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is as good a reason to look
  useEffect(() => {
    if (shown) place.current?.scrollIntoView({ block: "nearest" });
  }, [shown, found]);
  return place;
}
