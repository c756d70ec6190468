namespace Slipway.FakeGate.Stages;

/// <summary>Scores of the next canary analyses; told beforehand, else 100.</summary>
public sealed class CanaryJudge
{
    private readonly Queue<double> scores = new();

    /// <summary>0 to 100, one for each run, in order.</summary>
    public void Say(params ReadOnlySpan<double> next)
    {
        foreach (var score in next)
            scores.Enqueue(score);
    }

    internal double Judge() => scores.TryDequeue(out var score) ? score : 100;
}
