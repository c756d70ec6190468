import type { Connection, ConnectionField, ConnectionType, PutConnection, Service } from "~/api/schema";

/** What somebody typed, by the name of the field. Of secrets only new ones. */
export type Typed = Readonly<Record<string, string>>;

export function typedOf(type: ConnectionType | undefined, connection?: Connection): Typed {
  return Object.fromEntries(
    (type?.fields ?? []).map(({ name, choices = [], default: usual }) => [
      name,
      connection?.values[name] ?? (choices.length > 0 ? (usual ?? choices[0] ?? "") : ""),
    ]),
  );
}

/** Some fields only matter when another one has a certain value. */
export function shownFields({ fields }: ConnectionType, typed: Typed): ConnectionField[] {
  return fields.filter(({ whenField, whenValues = [] }) => !whenField || whenValues.includes(typed[whenField] ?? ""));
}

/** What is missing before the server is asked; it knows the rest. */
export function missing(type: ConnectionType, typed: Typed, known: readonly string[]): string[] {
  return shownFields(type, typed)
    .filter(({ name, required, secret }) => required && !typed[name]?.trim() && !(secret && known.includes(name)))
    .map(({ name }) => name);
}

/** What is sent: the fields that matter, new secrets, and the removal of those that no longer do. */
export function bodyOf(type: ConnectionType, typed: Typed, known: readonly string[]): PutConnection {
  const shown = shownFields(type, typed);
  const given = shown.filter(({ name }) => typed[name]?.trim());
  const entries = (secret: boolean) =>
    given
      .filter((field) => (field.secret ?? false) === secret)
      .map(({ name, multiline }): [string, string] => [name, multiline ? (typed[name] ?? "") : (typed[name] ?? "").trim()]);
  const obsolete = known
    .filter((name) => !shown.some((field) => field.name === name))
    .map((name): [string, string] => [name, ""]);
  return {
    type: type.name,
    values: Object.fromEntries(entries(false)),
    secrets: Object.fromEntries([...obsolete, ...entries(true)]),
  };
}

export type Fact = { label: string; value: string };

/** What is known about a connection in the order of its form: values, and of secrets that they are there. */
export function factsOf({ values, secrets = [] }: Connection, type: ConnectionType | undefined): Fact[] {
  if (!type) return Object.entries(values).map(([label, value]) => ({ label, value }));
  return type.fields.flatMap(({ name, label, secret, multiline }) => {
    if (secret) return secrets.includes(name) ? [{ label, value: "kept" }] : [];
    const value = values[name];
    return value ? [{ label, value: multiline ? "given" : value }] : [];
  });
}

/** The services that deploy through it: those that name it, and where it is the only one of its type, those that name none. */
export function usedBy({ name, type }: Connection, all: readonly Connection[], services: readonly Service[]): string[] {
  const isOnly = all.filter((each) => each.type === type).length === 1;
  return services
    .filter(({ definition }) => definition.type === type)
    .filter(({ definition: { settings, environments } }) => {
      const named = [settings, ...Object.values(environments ?? {}).map((each) => each.settings)].map((each) =>
        namedIn(each, type),
      );
      return named.includes(name) || (isOnly && named.every((each) => each === undefined));
    })
    .map((service) => service.name);
}

/** Settings of a type name their connection by the type's own name. */
function namedIn(settings: unknown, type: string): string | undefined {
  const named = typeof settings === "object" && settings !== null ? (settings as Record<string, unknown>)[type] : undefined;
  return typeof named === "string" ? named : undefined;
}
