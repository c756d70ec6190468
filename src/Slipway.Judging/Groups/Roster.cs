namespace Slipway.Judging.Groups;

/// <summary>Which instances are changed and which are not, over the steps of a comparison.</summary>
internal sealed class Roster
{
    /// <summary>Longer pasts are cut: more adds cost, not knowledge.</summary>
    private const int MostPastSteps = 240;

    private readonly List<Composition> compositions = [];

    public Roster(Comparison comparison, JudgeSettings settings)
    {
        var step = comparison.StepSeconds is >= 0.001 and <= 86_400 ? comparison.StepSeconds : 60;
        Instances = comparison.Instances;
        Steps = Math.Max(0, comparison.Steps);
        StepSeconds = step;
        WarmUp = (int)Math.Clamp(Math.Ceiling(settings.WarmUpSeconds / step), 0, 100_000);
        FirstChange = Instances.Min(instance => instance.ChangedAt) is { } first ? Math.Clamp(first, 0, Steps) : Steps;
        LastChange = Instances.Max(instance => instance.ChangedAt) is { } last ? Math.Clamp(last, 0, Steps) : Steps;
        PastFrom = Math.Max(0, FirstChange - (int)Math.Clamp(settings.PastSeconds / step, 0, MostPastSteps));
        Compose();
    }

    public IReadOnlyList<ComparedInstance> Instances { get; }

    public int Steps { get; }

    public double StepSeconds { get; }

    /// <summary>
    /// The most that one step may add to the logarithm of evidence. Bursts last a minute or so: the shorter the steps, the less each may say.
    /// </summary>
    public double Cap => Math.Clamp(1.4 * Math.Sqrt(StepSeconds / 10), 1, 3);

    public int WarmUp { get; }

    public int FirstChange { get; }

    public int LastChange { get; }

    public int PastFrom { get; }

    public Composition Latest => compositions[^1];

    /// <summary>Where an instance's own past ends and, after its warm-up, its new life is looked at.</summary>
    public int LooksFrom(int instance) => Instances[instance].ChangedAt is { } at ? Math.Max(at, 0) + WarmUp : int.MaxValue;

    public Composition At(int step)
    {
        for (var i = compositions.Count - 1; i > 0; i--) if (compositions[i].From <= step) return compositions[i];
        return compositions[0];
    }

    /// <summary>Whether everything up to now is as it was for an earlier look.</summary>
    public bool Continues(Roster earlier) => PastFrom == earlier.PastFrom && FirstChange == earlier.FirstChange
        && Instances.Count == earlier.Instances.Count && Steps >= earlier.Steps
        && (ReferenceEquals(Instances, earlier.Instances) || SameUntil(earlier.Instances, earlier.Steps));

    private bool SameUntil(IReadOnlyList<ComparedInstance> earlier, int steps)
    {
        for (var i = 0; i < Instances.Count; i++)
        {
            if ((Instances[i].ChangedAt ?? int.MaxValue) == (earlier[i].ChangedAt ?? int.MaxValue)) continue;
            if (earlier[i].ChangedAt is not null || Instances[i].ChangedAt < steps) return false;
        }
        return true;
    }

    private void Compose()
    {
        var turns = new SortedSet<int> { FirstChange };
        foreach (var at in Instances.Select(instance => instance.ChangedAt).OfType<int>().Distinct())
        {
            turns.Add(Math.Max(at, FirstChange));
            turns.Add(Math.Max(at, FirstChange) + WarmUp);
        }
        foreach (var turn in turns.Where(turn => turn < Steps || turn == FirstChange))
        {
            var all = Enumerable.Range(0, Instances.Count).ToArray();
            compositions.Add(new(turn,
                [.. all.Where(i => LooksFrom(i) <= turn)], [.. all.Where(i => !(Instances[i].ChangedAt <= turn))]));
        }
    }
}
