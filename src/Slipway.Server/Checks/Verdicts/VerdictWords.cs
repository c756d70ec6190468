using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Judging;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>What a judgement says, for people and programs. Pure.</summary>
internal static class VerdictWords
{
    public static DeploymentVerdict Of(VerdictQuestion question, Compared compared, Judgement? judgement, DateTimeOffset now)
    {
        var instances = compared.Comparison?.Instances ?? [];
        return new()
        {
            Deployment = question.Deployment,
            Answer = judgement is null ? Answer.Inconclusive : AnswerOf(judgement.Verdict),
            Sentence = judgement?.Sentence ?? "The agents have not told yet what they measured.",
            DryRun = question.Definition.DryRun,
            Needs = judgement?.NeedsSeconds is > 0 and var seconds and < 86_400 * 30 ? new Duration(TimeSpan.FromSeconds(Math.Ceiling(seconds))) : null,
            NeedsRequests = judgement?.NeedsRequests is { } requests ? Math.Ceiling(requests) : null,
            Changed = instances.Count(instance => instance.ChangedAt is not null),
            Unchanged = instances.Count(instance => instance.ChangedAt is null),
            ChangedAt = compared.FirstChange,
            JudgedAt = now,
            Signals = [.. (judgement?.Metrics ?? []).Select(metric => SignalOf(metric, compared))],
            NewErrors = compared.NewErrors,
        };
    }

    private static SignalVerdict SignalOf(MetricJudgement metric, Compared compared)
    {
        // What is a little worse in many signals at once is about none of them.
        var signal = compared.Signals.FirstOrDefault(signal => signal.Title == metric.Metric);
        return new()
        {
            Signal = signal?.Name ?? "together",
            Unit = signal?.Unit,
            Answer = AnswerOf(metric.Verdict),
            Sentence = metric.Sentence,
            Effect = Finite(metric.Effect),
            Low = Finite(metric.Low),
            High = Finite(metric.High),
            Instance = metric.Instance is { } name ? InstanceName.Parse(name) : null,
            Evidence = Finite(metric.Evidence) ?? 0,
            Boundary = Finite(metric.Boundary) ?? 0,
            CrossedAfter = Finite(metric.CertainAfterSeconds),
            Drawing = metric.Drawing is { } drawing ? Draw(drawing) : null,
        };
    }

    private static SignalDrawing Draw(Evidence drawing) => new()
    {
        Seconds = drawing.Seconds,
        Changed = drawing.Changed,
        Unchanged = drawing.Unchanged,
        Path = drawing.Path,
        ChangedQuantiles = drawing.ChangedQuantiles,
        UnchangedQuantiles = drawing.UnchangedQuantiles,
    };

    private static Answer AnswerOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Answer.Pass,
        Verdict.Fail => Answer.Fail,
        _ => Answer.Inconclusive,
    };

    /// <summary>JSON has no number for what is not one.</summary>
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 6) : null;
}
