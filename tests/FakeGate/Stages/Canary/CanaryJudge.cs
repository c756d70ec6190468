using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Stages.Canary;

/// <summary>Scores of the next canary analyses; told beforehand, else 100.</summary>
public sealed class CanaryJudge
{
    private readonly Queue<double> scores = new();

    internal Dictionary<string, JsonObject> Configs { get; init; } = [];

    internal Dictionary<string, CanaryRun> Runs { get; init; } = [];

    /// <summary>0 to 100, one for each run, in order.</summary>
    public void Say(params ReadOnlySpan<double> next)
    {
        foreach (var score in next)
            scores.Enqueue(score);
    }

    internal double Judge() => scores.TryDequeue(out var score) ? score : 100;
}

/// <summary>An analysis that was asked of Kayenta itself.</summary>
internal sealed record CanaryRun(DateTimeOffset Started, double Score, JsonObject Request);
