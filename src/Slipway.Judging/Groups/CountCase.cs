using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>
/// Have events become more frequent in the changed group? Against the unchanged group at the same time, and against the past;
/// the past counts only as far as the unchanged group does not contradict it.
/// </summary>
/// <param name="pastEvents">Events before the change that the group is held against.</param>
/// <param name="pastOf">What those were out of.</param>
/// <param name="dispersion">How much more counts vary than independent events would.</param>
/// <param name="tolerated">The factor by which events may be more frequent.</param>
/// <param name="agreement">How far the past is believed beyond the unchanged group, as a multiple of the evidence beside it.</param>
/// <param name="usualRatio">How much more frequent they always were in the changed group than in the unchanged.</param>
/// <param name="cap">The most that a step may add to the logarithm of evidence.</param>
internal sealed class CountCase(double pastEvents, double pastOf, double dispersion, double tolerated, double usualRatio, double agreement, double cap)
{
    /// <summary>Chance that the past's rate is above its bound, as -log.</summary>
    private const double Doubt = 3, DoubtWhereUnchangedAgree = 2;

    /// <summary>With nobody to compare with, the past has to be exceeded by this much more.</summary>
    private const double WithoutUnchanged = 1.5;

    /// <summary>And for longer than the bursts that all instances feel alike.</summary>
    private const double CapWithoutUnchanged = 0.45;

    /// <summary>Where all instances fail alike for a while (errors of requests), where they may, and where that is rare.</summary>
    public const double Common = 3, Peaks = 4, Rare = 6;

    private readonly CountEvidence beside = new(dispersion, cap), past = new(dispersion, cap), alone = new(dispersion, cap * CapWithoutUnchanged);
    private readonly double bound = Bound(pastEvents, pastOf, dispersion, DoubtWhereUnchangedAgree);
    private readonly double boundAlone = Bound(pastEvents, pastOf, dispersion, Doubt);

    public List<double> Path { get; } = [];

    public double Spread => dispersion;

    public (double Events, double Of) Past => (pastEvents, pastOf);

    /// <summary>Adds a step.</summary>
    public void Add(CountStep step)
    {
        var usable = step.ChangedOf > 0 && step.Changed >= 0;
        if (usable && step.UnchangedOf > 0)
        {
            var of = usualRatio * tolerated * step.ChangedOf;
            beside.AddShare(step.Changed, step.Unchanged, of / (of + step.UnchangedOf));
            if (pastOf > 0) past.AddExpected(step.Changed, bound * tolerated * step.ChangedOf);
        }
        else if (usable && pastOf > 0) alone.AddExpected(step.Changed, boundAlone * tolerated * WithoutUnchanged * step.ChangedOf);
        var agreed = Math.Min(past.Log, agreement * beside.Log);
        // Steps with somebody to compare with and steps without are different steps: their evidence multiplies.
        Path.Add(Numbers.LogSum([beside.Log, agreed]) - Math.Log(2) + alone.Log);
    }

    private static double Bound(double events, double of, double dispersion, double doubt) =>
        of > 0 ? Numbers.PoissonUpper(events / dispersion, doubt) * dispersion / of : double.NaN;
}
