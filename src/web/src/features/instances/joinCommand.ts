import { labelObjection } from "./labels";
import { serviceObjection } from "./membership";

export type JoinWish = {
  environment: string;
  services: string[];
  /** Empty: the host name. */
  name: string;
  /** "key=value" each. */
  labels: string[];
  uses: number;
  expiresIn: string;
};

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const lives = [
  { value: "15m", label: "15 minutes" },
  { value: "1h", label: "an hour" },
  { value: "8h", label: "8 hours" },
  { value: "24h", label: "a day" },
  { value: "7d", label: "a week" },
];

/** The server's line, with this wish in place of its example. The token stays as the server wrote it. */
export function joinCommand(
  fromServer: string,
  { services, name, labels }: Pick<JoinWish, "services" | "name" | "labels">,
): string {
  const base = fromServer.replace(/ --service SERVICE\s*$/, "");
  const options = [
    ...services.map((service) => `--service ${quoted(service)}`),
    ...(name ? [`--name ${quoted(name)}`] : []),
    ...labels.map((label) => `--label ${quoted(label)}`),
  ];
  return [base, ...options].join(" ");
}

/** What is wrong with a wish, by field; empty: nothing. */
export function objections(wish: JoinWish): Partial<Record<keyof JoinWish, string>> {
  const found: Partial<Record<keyof JoinWish, string>> = {};
  if (!wish.environment) found.environment = "Choose where it belongs.";
  if (wish.services.length === 0) found.services = "Name at least one service.";
  else found.services = serviceObjection(wish.services);
  if (wish.name && !namePattern.test(wish.name)) found.name = "Letters, digits and . _ - and at most 100 of them.";
  else if (wish.name && wish.uses > 1) found.name = "A name is for one instance; leave it out and each takes its host name.";
  found.labels = labelObjection(wish.labels);
  if (!Number.isInteger(wish.uses) || wish.uses < 1 || wish.uses > 10_000) found.uses = "1 to 10000.";
  return Object.fromEntries(Object.entries(found).filter(([, objection]) => objection !== undefined));
}

/** A join token is slj_<id>_<secret>, with the CA's fingerprint behind a dot where there is one. */
export function joinTokenId(token: string): string {
  return token.split("_")[1] ?? "";
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
