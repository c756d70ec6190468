namespace Slipway.Judging.Groups;

/// <summary>How much more counts vary than independent events would: 1 for independent ones, far more for bursts.</summary>
internal sealed class Dispersion
{
    /// <summary>What is believed before anything was seen, and how many events that belief is worth.</summary>
    private const double Prior = 1.5, PriorEvents = 4;

    private static readonly int[] lengths = [1, 3, 6, 12];

    private readonly double[] squares = new double[lengths.Length], variances = new double[lengths.Length];

    public double Value
    {
        get
        {
            double largest = 1;
            for (var i = 0; i < lengths.Length; i++)
                largest = Math.Max(largest, (squares[i] + Prior * PriorEvents) / (variances[i] + PriorEvents));
            return largest;
        }
    }

    /// <summary>Adds an instance's past: events and what they were out of.</summary>
    public void Add(ReadOnlySpan<double> events, ReadOnlySpan<double> of)
    {
        double total = 0, exposure = 0;
        for (var t = 0; t < events.Length; t++) if (of[t] > 0) { total += events[t]; exposure += of[t]; }
        if (total <= 0 || exposure <= 0) return;
        for (var i = 0; i < lengths.Length; i++)
        {
            var length = lengths[i];
            var blocks = events.Length / length;
            if (blocks < 4) break;
            for (var block = 0; block < blocks; block++)
            {
                double seen = 0, expected = 0;
                for (var t = block * length; t < (block + 1) * length; t++)
                    if (of[t] > 0) { seen += events[t]; expected += of[t] * total / exposure; }
                squares[i] += (seen - expected) * (seen - expected) * blocks / (blocks - 1.0);
                variances[i] += expected;
            }
        }
    }

    /// <summary>Of the exceedances of a level metric's tail, over a sample of instances.</summary>
    public static double Of(LevelBaseline baseline, Composition composition, StepFeatures[] past)
    {
        const int Most = 48;
        var dispersion = new Dispersion();
        var all = composition.Changed.Concat(composition.Unchanged).ToArray();
        var (events, of) = (new double[past.Length], new double[past.Length]);
        for (var k = 0; k < Math.Min(Most, all.Length); k++)
        {
            var i = all[(long)k * all.Length / Math.Min(Most, all.Length)];
            for (var t = 0; t < past.Length; t++)
            {
                var bent = t > 1 ? LevelMeasure.Bend(past[t - 2].Common, past[t - 1].Common, past[t].Common) : double.NaN;
                var own = t > 1 ? LevelMeasure.Bend(baseline.Past[i][t - 2], baseline.Past[i][t - 1], baseline.Past[i][t]) : double.NaN;
                var peak = (own - (double.IsNaN(bent) ? 0 : bent)) / baseline.Unrest[i];
                of[t] = double.IsNaN(peak) ? 0 : 1;
                events[t] = baseline.InWorseDirection(peak) > baseline.TailThreshold ? 1 : 0;
            }
            dispersion.Add(events, of);
        }
        return dispersion.Value;
    }
}
