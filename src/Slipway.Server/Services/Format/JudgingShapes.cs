using Slipway.Contracts.Services;

namespace Slipway.Server.Services.Format;

/// <summary>How a service is measured, and how its deployments are judged by it.</summary>
internal static class JudgingShapes
{
    private const int MostNames = 50;

    private static readonly TextShape SignalName = new(JudgedSignals.Says, 200, JudgedSignals.Has, JudgedSignals.Pattern);

    private static readonly ValueShape<Duration> Durations = new("a duration such as 30s, 10m or 2h, at most 24h", d => d.Time <= TimeSpan.FromHours(24));

    public static RecordShape<SignalDefinition> Signals { get; } = new RecordShape<SignalDefinition>("signals", () => new())
        .With(
            "step",
            "How long a step is. An agent keeps the last 360 steps.",
            new ValueShape<Duration>("a duration from 1s to 60s", d => d.Time >= TimeSpan.FromSeconds(1) && d.Time <= TimeSpan.FromSeconds(60)),
            s => s.Step,
            (s, v) => s with { Step = v })
        .With("metrics", "The path where the service shows metrics for Prometheus, for example /metrics. Absent: they are not read.", TextShape.Matching("a path that begins with /", "^/[!-~]*$", 2000), s => s.Metrics, (s, v) => s with { Metrics = v })
        .With("port", "The port of metrics. Default: the service's own.", new WholeShape(1, 65535), s => s.Port, (s, v) => s with { Port = v })
        .With(
            "watch",
            "Metrics that are read besides requests, their errors and their times, by the names the page gives them.",
            new ListShape<string>($"a list of up to {MostNames} names of metrics", TextShape.Matching("the name of a metric, such as queue_depth", "^[a-zA-Z_:][a-zA-Z0-9_:]*$", 200), 0, MostNames),
            s => s.Watch,
            (s, v) => s with { Watch = v })
        .Check(ServiceRules.CheckSignals);

    public static RecordShape<VerdictDefinition> Verdict { get; } = new RecordShape<VerdictDefinition>("verdict", () => new())
        .With("enabled", "false: deployments are not judged.", new FlagShape(), v => v.Enabled, (d, v) => d with { Enabled = v })
        .With(
            "inconclusive",
            "What a deployment does after a batch while too little is known: continue at once, wait for an answer and then go on, or wait and then fail.",
            new ChoiceShape<WhenInconclusive>("continue, wait or fail"),
            v => v.Inconclusive,
            (d, v) => d with { Inconclusive = v })
        .With("patience", "How long it waits for an answer after a batch, where it waits.", Durations, v => v.Patience, (d, v) => d with { Patience = v })
        .With("watch", "For so long after its end a deployment is still judged, and taken back when it fails. 0s: it is not.", Durations, v => v.Watch, (d, v) => d with { Watch = v })
        .With("warmUp", "How long after its start an instance is not looked at.", Durations, v => v.WarmUp, (d, v) => d with { WarmUp = v })
        .With("dryRun", "true: judged and shown, but nothing is stopped or taken back.", new FlagShape(), v => v.DryRun, (d, v) => d with { DryRun = v })
        .With(
            "ignore",
            "Signals that are not judged, for example disk or metric:queue_depth.",
            new ListShape<string>($"a list of up to {MostNames} names of signals", SignalName, 0, MostNames),
            v => v.Ignore,
            (d, v) => d with { Ignore = v });
}
