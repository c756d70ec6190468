using Slipway.Contracts.Services;
using Slipway.Judging;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>What a definition asks for, in the judge's words. The same for deployments that run and for those that are lived through again.</summary>
internal static class VerdictRules
{
    public static Judge JudgeOf(VerdictDefinition rules) => new(JudgeSettings.Default with { WarmUpSeconds = rules.WarmUp.Time.TotalSeconds });

    /// <summary>What was not seen for as long as anybody would wait for it, and would have been seen by then, counts as not there.</summary>
    public static Comparison Planned(Comparison comparison, VerdictDefinition rules) =>
        comparison with { PlannedSteps = (int)Math.Ceiling(rules.Patience.Time.TotalSeconds / comparison.StepSeconds) };
}
