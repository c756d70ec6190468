namespace Slipway.Bench.Judging;

/// <summary>A deployment to be made up.</summary>
internal sealed record Scenario(int Instances, int Minutes, Fault Fault, double Size, ulong Seed)
{
    public double StepSeconds { get; init; } = 10;

    public int PastMinutes { get; init; } = 40;

    /// <summary>How many are changed after each batch; batches follow each other evenly, and the last is watched as long as each before it. Null: as most do it.</summary>
    public IReadOnlyList<int>? Batches { get; init; }

    public int FirstChange => (int)(PastMinutes * 60 / StepSeconds);

    public int Steps => FirstChange + (int)(Minutes * 60 / StepSeconds);

    /// <summary>When each instance is changed: one first; later more; of large fleets half stays for the length of the observation.</summary>
    public int? ChangedAt(int instance)
    {
        if (Batches is { } batches)
        {
            var batch = batches.TakeWhile(changed => changed <= instance).Count();
            return batch < batches.Count ? FirstChange + (Steps - FirstChange) * batch / batches.Count : null;
        }

        var (first, second) = Instances switch { <= 5 => (1, Instances), <= 20 => (2, Instances / 2), _ => (Instances / 40, Instances / 4) };
        var turn = FirstChange + (Steps - FirstChange) * 6 / 10;
        return instance < first ? FirstChange : instance < second ? turn : null;
    }
}
