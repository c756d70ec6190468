import type { Strategy } from "~/api/schema";

export type StrategyKind = "usual" | "allAtOnce" | "rolling" | "canary" | "redBlack" | "highlander";

/** What somebody typed; only the fields of the kind count. */
export type StrategyForm = {
  kind: StrategyKind;
  batch: string;
  pause: string;
  first: string;
  soak: string;
  wait: string;
  keep: string;
  scaleDown: boolean;
};

export const usualStrategy: StrategyForm = {
  kind: "usual",
  batch: "25%",
  pause: "0s",
  first: "1",
  soak: "30s",
  wait: "0s",
  keep: "2",
  scaleDown: false,
};

/** What makes sense to choose; whether it can be done, the server's plan says. */
export function offeredKinds(inGroups: boolean | undefined): StrategyKind[] {
  return inGroups ? ["usual", "redBlack", "rolling", "canary", "highlander"] : ["usual", "canary", "rolling", "allAtOnce"];
}

const amountText = /^(?:[1-9]\d{0,5}|(?:[1-9]\d?|100)%)$/;
const durationText = /^\d{1,6}(?:ms|s|m|h|d)$/;

const generationsText = /^(?:[2-9]|[1-9]\d)$/;

export type StrategyErrors = Partial<Record<"batch" | "pause" | "first" | "soak" | "wait" | "keep", string>>;

/** The strategy to ask for, undefined for the target's own, or what is wrong with which field. */
export function strategyOf(form: StrategyForm): { strategy?: Strategy; errors?: StrategyErrors } {
  const { kind, batch, pause, first, soak, wait, keep, scaleDown } = form;
  switch (kind) {
    case "usual":
      return {};
    case "allAtOnce":
    case "highlander":
      return { strategy: { kind } };
    case "redBlack":
      return checked({ wait: duration(wait), keep: generations(keep) }, { kind, wait, keep: Number(keep), scaleDown });
    case "rolling":
      return checked({ batch: amount(batch), pause: duration(pause) }, { kind, batch, pause });
    case "canary":
      return checked(
        { first: amount(first), soak: duration(soak), batch: amount(batch) },
        { kind, batch, steps: [{ instances: first, soak }] },
      );
  }
}

function checked(found: StrategyErrors, strategy: Strategy): { strategy?: Strategy; errors?: StrategyErrors } {
  return Object.values(found).some(Boolean) ? { errors: found } : { strategy };
}

function amount(text: string): string | undefined {
  return amountText.test(text) ? undefined : 'A number such as 3, or a share such as "25%".';
}

function generations(text: string): string | undefined {
  return generationsText.test(text) ? undefined : "A number from 2 to 99: the serving one counts.";
}

function duration(text: string): string | undefined {
  return durationText.test(text) ? undefined : "A time such as 30s or 5m.";
}
