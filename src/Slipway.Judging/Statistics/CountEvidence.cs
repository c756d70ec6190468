namespace Slipway.Judging.Statistics;

/// <summary>
/// Evidence that events have become more frequent, from counts of a group and an expectation. Two one-step e-values: given the events of both groups,
/// those of the changed one are binomial (no rate is needed: Przyborowski and Wilenski 1940; as e-values Turner, Ly, Grünwald 2024); given an upper bound of the
/// rate, they are Poisson. Clumps of events are answered twice: by tempering with the dispersion seen before, and by a cap on what one
/// step may add, so that no single burst decides.
/// </summary>
/// <param name="temper">The dispersion seen before; 1 for independent events.</param>
/// <param name="cap">The most that a step may add to the logarithm.</param>
internal sealed class CountEvidence(double temper, double cap)
{
    private static readonly double[] factors = [1.5, 2, 3, 6, 12, 40, 150];

    private readonly LogMixture mixture = new(factors.Length);
    private readonly double tempering = Math.Max(1, temper);

    public double Log => mixture.Log;

    /// <summary>A step with so many events of the changed and the unchanged group, of which a part (share) is the changed group's by rights.</summary>
    public void AddShare(double changed, double unchanged, double share)
    {
        share = Math.Clamp(share, 1e-9, 1 - 1e-9);
        Span<double> bets = stackalloc double[factors.Length];
        for (var i = 0; i < bets.Length; i++)
        {
            var more = factors[i] * share / (factors[i] * share + 1 - share);
            bets[i] = Bound(changed * Math.Log(more / share) + unchanged * Math.Log((1 - more) / (1 - share)));
        }
        mixture.Add(bets);
    }

    /// <summary>A step with so many events of the changed group where at most so many are expected.</summary>
    public void AddExpected(double changed, double expected)
    {
        Span<double> bets = stackalloc double[factors.Length];
        for (var i = 0; i < bets.Length; i++) bets[i] = Bound(changed * Math.Log(factors[i]) - (factors[i] - 1) * expected);
        mixture.Add(bets);
    }

    private double Bound(double log) => Math.Min(log / tempering, cap);
}
