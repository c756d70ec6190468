using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.Judging;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Checks.Verdicts;

namespace Slipway.Server.Checks.Replays;

/// <summary>Lives through a past deployment again, looking as often as one looks at a running one. Pure.</summary>
internal static class Replayer
{
    private const double LookEverySeconds = 30;

    private static readonly ILookup<string, double> NothingEarlier = Array.Empty<(string Name, double Ratio)>().ToLookup(pair => pair.Name, pair => pair.Ratio);

    public static (Answer Answer, string Sentence, Duration? After) Run(ISignals signals, IReadOnlyList<JudgedInstance> instances, VerdictDefinition rules, CancellationToken cancellation)
    {
        var judge = VerdictRules.JudgeOf(rules);
        var last = instances.Max(instance => signals.Find(instance.Name)?.NextStep) ?? 0;
        var stride = Math.Max(1, (int)(LookEverySeconds * 1000 / Math.Max(1, signals.StepMs)));
        var first = FirstChange(signals, instances, last);
        Judgement? judgement = null;
        for (var step = first + stride; step <= last; step += stride)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Comparisons.Of(signals, instances, rules.Ignore, NothingEarlier, upTo: step).Comparison is not { } comparison)
                continue;

            judgement = judge.Look(VerdictRules.Planned(comparison, rules), draw: false);
            if (judgement.Verdict == Verdict.Fail)
                return (Answer.Fail, judgement.Sentence, new(TimeSpan.FromMilliseconds((double)(step - first) * signals.StepMs)));
        }

        return (judgement?.Verdict == Verdict.Pass ? Answer.Pass : Answer.Inconclusive, judgement?.Sentence ?? "There is nothing to compare.", null);
    }

    private static int FirstChange(ISignals signals, IReadOnlyList<JudgedInstance> instances, int last) =>
        instances.Select(instance => instance.Generation is { } asked && signals.Find(instance.Name) is { } known ? Comparisons.ChangedAt(signals, known, asked, last) : null).Min() ?? last;
}
