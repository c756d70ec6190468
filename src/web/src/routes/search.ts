/** What a URL carries, made safe: anything that does not fit is left out instead of breaking the screen. */

/** Everything a URL carries may be missing. */
export function optional<T extends object>(search: T): Partial<T> {
  return search;
}

export function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 500) : undefined;
}

export function word<const T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((each) => each === value);
}

export function list(value: unknown): string[] | undefined {
  const all = (Array.isArray(value) ? value : [value]).map(text).filter((each) => each !== undefined);
  return all.length > 0 ? all : undefined;
}

export function flag(value: unknown): true | undefined {
  return value === true || value === "true" || value === 1 ? true : undefined;
}
