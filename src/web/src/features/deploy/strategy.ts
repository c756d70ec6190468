import type { Strategy } from "~/api/schema";

export type StrategyKind = "usual" | "allAtOnce" | "rolling" | "canary";

/** What somebody typed; only the fields of the kind count. */
export type StrategyForm = { kind: StrategyKind; batch: string; pause: string; first: string; soak: string };

export const usualStrategy: StrategyForm = { kind: "usual", batch: "25%", pause: "0s", first: "1", soak: "30s" };

const amountText = /^(?:[1-9]\d{0,5}|(?:[1-9]\d?|100)%)$/;
const durationText = /^\d{1,6}(?:ms|s|m|h|d)$/;

export type StrategyErrors = Partial<Record<"batch" | "pause" | "first" | "soak", string>>;

/** The strategy to ask for, undefined for the target's own, or what is wrong with which field. */
export function strategyOf(form: StrategyForm): { strategy?: Strategy; errors?: StrategyErrors } {
  const { kind, batch, pause, first, soak } = form;
  switch (kind) {
    case "usual":
      return {};
    case "allAtOnce":
      return { strategy: { kind } };
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

function duration(text: string): string | undefined {
  return durationText.test(text) ? undefined : "A time such as 30s or 5m.";
}
