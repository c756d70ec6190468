const labelName = /^[A-Za-z0-9._/-]{1,63}$/;
const [most, longestValue] = [50, 200];

/** As people write them: "name=value", by name. */
export function labelsOf(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`);
}

export function labelsFrom(labels: readonly string[]): Record<string, string> {
  return Object.fromEntries(labels.map((label) => [nameOf(label), label.slice(label.indexOf("=") + 1)]));
}

/** What is wrong with labels, in a sentence. */
export function labelObjection(labels: readonly string[]): string | undefined {
  if (labels.length > most) return `At most ${most} labels.`;
  const wrong = labels.find((label) => !labelName.test(nameOf(label)));
  if (wrong !== undefined) return `"${wrong}" is no label: write name=value, the name of letters, digits and . _ - /.`;
  const long = labels.find((label) => label.length - nameOf(label).length - 1 > longestValue);
  if (long !== undefined) return `The value of ${nameOf(long)} has more than ${longestValue} characters.`;
  const names = labels.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `The label ${twice} is there twice.`;
}

/** Empty where there is no "=". */
export function nameOf(label: string): string {
  return label.slice(0, Math.max(0, label.indexOf("=")));
}
