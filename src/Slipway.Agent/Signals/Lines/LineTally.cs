namespace Slipway.Agent.Signals.Lines;

/// <summary>Lines of a step, by how bad they say they are.</summary>
/// <param name="IsSampled">There were too many: some were read, and these stand for the others.</param>
internal readonly record struct LineTally(double Lines, double Warnings, double Errors, bool IsSampled)
{
    private readonly IReadOnlyList<(string Name, double Count)>? counted;

    /// <summary>Of output that cannot be read.</summary>
    public static readonly LineTally None = new(double.NaN, double.NaN, double.NaN, false);

    /// <summary>What checks count, which is only of what runs now.</summary>
    public IReadOnlyList<(string Name, double Count)> Counted
    {
        get => counted ?? [];
        init => counted = value.Count == 0 ? null : value;
    }

    /// <summary>And then the other; what is counted by name began anew in between.</summary>
    public LineTally Then(LineTally other) =>
        new(Lines + other.Lines, Warnings + other.Warnings, Errors + other.Errors, IsSampled || other.IsSampled) { Counted = other.Counted };

    /// <param name="isRunning">Then that there were none is known, too.</param>
    public void Write(SignalRing ring, bool isRunning)
    {
        if (!isRunning && Lines == 0)
            return;

        ring.Set(SignalNames.Lines, Math.Round(Lines));
        ring.Set(SignalNames.Warnings, Math.Round(Warnings));
        ring.Set(SignalNames.Errors, Math.Round(Errors));
        foreach (var (name, count) in Counted)
            ring.Set(name, count);
    }
}
