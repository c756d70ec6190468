using Slipway.Judging.Groups;

namespace Slipway.Judging.Telling;

/// <summary>Turns what was found into the judgement.</summary>
internal sealed class Summary(Comparison comparison, Roster roster, JudgeSettings settings, bool draw)
{
    private readonly double falseAlarms = Math.Clamp(settings.FalseAlarms, 1e-9, 0.5);
    private readonly bool planIsOver = comparison.PlannedSteps is { } planned && roster.Steps >= roster.LastChange + Math.Max(planned, 0);

    public Judgement Of(List<MetricCase> cases, Signal? together)
    {
        var metrics = cases.Select(Judge).OrderByDescending(m => m.Verdict == Verdict.Fail).ThenByDescending(m => m.Evidence - m.Boundary)
            .ThenBy(m => m.Metric, StringComparer.Ordinal).ToList();
        if (together is not null && together.Crossing(falseAlarms) is >= 0 and var at) metrics.Insert(0, AllOfThem(together, at));
        if (metrics.FirstOrDefault(m => m.Verdict == Verdict.Fail) is { } failed)
            return new() { Verdict = Verdict.Fail, Sentence = failed.Sentence, Metrics = metrics };
        var needed = metrics.Where(m => m.Verdict == Verdict.Inconclusive && !Optional(cases, m.Metric)).ToArray();
        if (needed.Length == 0 && cases.Any(c => c.Estimate is not null))
            return new() { Verdict = Verdict.Pass, Sentence = $"Healthy: nothing that matters has changed in {Count(metrics.Count)}.", Metrics = metrics };
        return Inconclusive(metrics, needed);
    }

    private Judgement Inconclusive(List<MetricJudgement> metrics, MetricJudgement[] needed)
    {
        double? seconds = needed.Length == 0 || needed.Any(m => m.NeedsSeconds is null) ? null : needed.Max(m => m.NeedsSeconds);
        var slowest = needed.FirstOrDefault(m => m.NeedsSeconds is null) ?? needed.MaxBy(m => m.NeedsSeconds);
        return new()
        {
            Verdict = Verdict.Inconclusive,
            Sentence = slowest?.Sentence ?? "No metric has values to judge by.",
            Metrics = metrics,
            NeedsSeconds = seconds,
            NeedsRequests = seconds is { } more && slowest is not null ? Requests(slowest.Metric, more) : null,
        };
    }

    private MetricJudgement Judge(MetricCase metric)
    {
        var best = metric.Signals.Where(signal => signal.Path.Count > 0)
            .OrderByDescending(signal => signal.Highest - signal.Boundary(falseAlarms)).FirstOrDefault();
        var crossed = best?.Crossing(falseAlarms) ?? -1;
        var instance = best?.Instance is { } i ? roster.Instances[i].Name : null;
        double? certain = crossed >= 0 ? (crossed + 1) * roster.StepSeconds : null;
        var verdict = crossed >= 0 ? Verdict.Fail
            : metric.Estimate is { } e && (e.RulesOut || (planIsOver && e.WouldSee)) ? Verdict.Pass : Verdict.Inconclusive;
        var needs = verdict == Verdict.Inconclusive ? metric.Estimate?.NeedsSteps * roster.StepSeconds : null;
        return new()
        {
            Metric = metric.Metric.Name,
            Verdict = verdict,
            Sentence = Sentence(metric, verdict, best, instance, certain, needs),
            Effect = Finite(metric.Estimate?.Effect),
            Low = Finite(metric.Estimate?.Low),
            High = Finite(metric.Estimate?.High),
            Sign = best?.Sign,
            Instance = instance,
            Evidence = best?.Highest ?? 0,
            Boundary = best?.Boundary(falseAlarms) ?? 0,
            CertainAfterSeconds = certain,
            NeedsSeconds = needs,
            Drawing = !draw ? null : Drawing.Of(roster, metric.Metric, best),
        };
    }

    private string Sentence(MetricCase metric, Verdict verdict, Signal? best, string? instance, double? certain, double? needs)
    {
        var name = metric.Metric.Name;
        if (verdict == Verdict.Fail)
        {
            var found = best!.Sign is Sign.Events or Sign.InstanceEvents && metric.Counts is not null
                ? Words.Rate(CountRates.Of(metric, roster)) + (instance is null ? "" : $", most of them on {instance}")
                : Words.Found(best.Sign, metric.Estimate, instance);
            return $"{name}: {found}; certain {Words.Time(certain ?? 0)} after the first change.";
        }
        if (metric.Estimate is not { } estimate)
            return $"{name}: no values to judge by, or no past and nobody to compare with.";
        if (verdict == Verdict.Pass) return $"{name}: {Words.Change(estimate.Effect)}, and clear changes for the worse are ruled out.";
        return needs is { } more
            ? $"{name}: not enough seen yet; about {Words.Time(Math.Max(more, roster.StepSeconds))} more."
            : $"{name}: {Words.Change(estimate.Effect)} so far, which may still be chance; more time is needed than can be told.";
    }

    private MetricJudgement AllOfThem(Signal together, int at) => new()
    {
        Metric = "All metrics together",
        Verdict = Verdict.Fail,
        Sentence = $"All metrics together: many are a little worse at the same time; certain {Words.Time((at + 1) * roster.StepSeconds)} after the first change.",
        Sign = Sign.Together,
        Evidence = together.Highest,
        Boundary = together.Boundary(falseAlarms),
        CertainAfterSeconds = (at + 1) * roster.StepSeconds,
    };

    private double? Requests(string name, double seconds)
    {
        var metric = comparison.Metrics.First(m => m.Name == name);
        if (metric.Exposure is null) return null;
        double sum = 0;
        var from = Math.Max(roster.FirstChange, roster.Steps - 10);
        foreach (var i in roster.Latest.Changed)
            for (var t = from; t < roster.Steps; t++)
                if (i < metric.Exposure.Count && t < metric.Exposure[i].Length && metric.Exposure[i][t] is > 0 and < 1e15 and var of) sum += of;
        return Math.Ceiling(sum / Math.Max(1, roster.Steps - from) * seconds / roster.StepSeconds);
    }

    /// <summary>An optional metric that has values has to be answered like any other.</summary>
    private static bool Optional(List<MetricCase> cases, string name) => cases.Exists(c => c.Metric.Name == name && c is { Metric.Optional: true, Estimate: null });

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static string Count(int metrics) => metrics == 1 ? "the metric" : $"{metrics} metrics";
}
