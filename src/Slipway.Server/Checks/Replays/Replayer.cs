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

    /// <param name="finishedAt">The deployment's end, after which it was watched. Null: it is not known, and everything that is kept counts.</param>
    public static (Answer Answer, string Sentence, Duration? After) Run(
        ISignals signals, IReadOnlyList<JudgedInstance> instances, VerdictDefinition rules, DateTimeOffset? finishedAt, CancellationToken cancellation)
    {
        var judge = VerdictRules.JudgeOf(rules);
        var kept = instances.Max(instance => signals.Find(instance.Name)?.NextStep) ?? 0;
        var last = finishedAt is { } end ? Math.Min(kept, StepOf(signals, end + rules.Watch.Time)) : kept;
        var first = FirstChange(signals, instances, kept);
        var patience = rules.Inconclusive == WhenInconclusive.Fail ? first + Steps(signals, rules.Patience.Time) : int.MaxValue;
        Judgement? judgement = null;
        for (var step = first + Steps(signals, TimeSpan.FromSeconds(LookEverySeconds)); step <= last; step += Steps(signals, TimeSpan.FromSeconds(LookEverySeconds)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Comparisons.Of(signals, instances, rules.Ignore, NothingEarlier, upTo: step).Comparison is { } comparison)
                judgement = judge.Look(VerdictRules.Planned(comparison, rules), draw: false);

            if (judgement?.Verdict == Verdict.Fail)
                return (Answer.Fail, judgement.Sentence, After(signals, step - first));

            // It would have gone on by then, and only a failure stops it from there on.
            if (judgement?.Verdict == Verdict.Pass)
                patience = int.MaxValue;
            else if (step >= patience)
                return (Answer.Fail, $"No answer within {rules.Patience}. {judgement?.Sentence}".TrimEnd(), After(signals, step - first));
        }

        return (judgement?.Verdict == Verdict.Pass ? Answer.Pass : Answer.Inconclusive, judgement?.Sentence ?? "There is nothing to compare.", null);
    }

    private static int FirstChange(ISignals signals, IReadOnlyList<JudgedInstance> instances, int last) =>
        instances.Select(instance => instance.Generation is { } asked && signals.Find(instance.Name) is { } known ? Comparisons.ChangedAt(signals, known, asked, last) : null).Min() ?? last;

    private static int Steps(ISignals signals, TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds / Math.Max(1, signals.StepMs), 1, 1_000_000);

    private static int StepOf(ISignals signals, DateTimeOffset at) => (int)Math.Clamp((at.ToUnixTimeMilliseconds() / Math.Max(1, signals.StepMs)) - signals.Origin, 0, int.MaxValue);

    private static Duration After(ISignals signals, int steps) => new(TimeSpan.FromMilliseconds((double)steps * signals.StepMs));
}
