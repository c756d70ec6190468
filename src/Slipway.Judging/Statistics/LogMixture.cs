namespace Slipway.Judging.Statistics;

/// <summary>
/// The mixture over alternatives and over beginnings of a product of one-step e-values
/// (Robbins 1970; averages of e-processes are e-processes: Vovk and Wang 2021).
/// </summary>
internal sealed class LogMixture
{
    private const double Huge = 1e200;

    private readonly double[] parts;
    private readonly int width;
    private double offset;
    private int step;

    public LogMixture(int alternatives)
    {
        width = alternatives;
        parts = new double[alternatives * Starts.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = Math.Exp(Starts.LogWeight(i / alternatives)) / alternatives;
    }

    /// <summary>log E so far.</summary>
    public double Log { get; private set; }

    /// <summary>Adds a step: the logarithm of the one-step e-value under each alternative.</summary>
    public void Add(ReadOnlySpan<double> bets)
    {
        Span<double> factors = stackalloc double[width];
        for (var a = 0; a < factors.Length; a++) factors[a] = Math.Exp(bets[a]);
        double sum = 0;
        for (var start = 0; start < Starts.Count; start++)
        {
            var begun = step >= Starts.Step(start);
            for (var a = 0; a < width; a++)
            {
                ref var part = ref parts[start * width + a];
                if (begun) part *= factors[a];
                sum += part;
            }
        }
        step++;
        if (sum > Huge)
        {
            // What underflows here no longer counts.
            for (var i = 0; i < parts.Length; i++) parts[i] /= Huge;
            offset += Math.Log(Huge);
            sum /= Huge;
        }
        Log = Math.Log(sum) + offset;
    }
}
