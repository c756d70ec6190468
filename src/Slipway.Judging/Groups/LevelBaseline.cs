using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>
/// What is usual for each instance in one metric: centre and scale of its own past, on a scale on which changes are ratios
/// (asinh of the value over a fifth of the usual one: a logarithm that bears zero and negative numbers).
/// </summary>
internal sealed class LevelBaseline
{
    private const int TailSample = 40_000;

    private IReadOnlyList<double[]> rows;
    private readonly double[] unitOf;
    private readonly Direction direction;

    public LevelBaseline(Metric metric, Roster roster)
    {
        rows = metric.Values;
        var (from, to) = (roster.PastFrom, roster.FirstChange);
        var count = Math.Min(roster.Instances.Count, rows.Count);
        unitOf = Units(count, from, to, roster.Steps);
        (Centre, Scale, Unrest, Past) = (new double[count], new double[count], new double[count], new float[count][]);
        for (var i = 0; i < count; i++) Past[i] = PastOf(i, from, to);
        HasPast = Centre.Any(centre => !double.IsNaN(centre));
        AdoptNewcomers();
        Scales(to - from);
        direction = metric.Direction;
        TailThreshold = Tail(to - from);
    }

    public double[] Centre { get; }

    public double[] Scale { get; }

    /// <summary>How far a value usually stands out from its two neighbours.</summary>
    public double[] Unrest { get; }

    /// <summary>Each instance's past, less its centre.</summary>
    public float[][] Past { get; }

    public bool HasPast { get; }

    /// <summary>What only one in a hundred peaks of the past exceeded, in units of an instance's own unrest.</summary>
    public double TailThreshold { get; }

    /// <summary>How much instances differ from each other; what a newcomer without a past may deviate by from its peers.</summary>
    public double NewcomerSpread { get; private set; }

    public double InWorseDirection(double value) => direction switch { Direction.Increase => value, Direction.Decrease => -value, _ => Math.Abs(value) };

    public double Transform(int instance, double value)
    {
        value = Numbers.Clean(value);
        return Math.Asinh(value / unitOf[instance]);
    }

    /// <summary>The same rows, grown.</summary>
    public void Follow(IReadOnlyList<double[]> values) => rows = values;

    public double Residual(int instance, int step)
    {
        var row = rows[instance];
        return step < row.Length ? Transform(instance, row[step]) - Centre[instance] : double.NaN;
    }

    /// <summary>A fifth of what is usual for each instance; for one that is mostly zero, or has no past, of what is usual for all.</summary>
    private double[] Units(int count, int from, int to, int steps)
    {
        var units = new double[count];
        var present = new double[Math.Max(0, to - from)];
        for (var i = 0; i < count; i++) units[i] = Usual(rows[i], from, to, present);
        var all = Numbers.Median(units.Where(unit => unit > 0).ToArray());
        if (!(all > 0))
        {
            present = new double[steps];
            all = Numbers.Median(Enumerable.Range(0, count).Select(i => Usual(rows[i], 0, steps, present)).Where(unit => unit > 0).ToArray());
        }
        for (var i = 0; i < count; i++) units[i] = Math.Max(0.2 * (units[i] > 0 ? units[i] : all > 0 ? all : 5), 1e-300);
        return units;
    }

    private static double Usual(double[] row, int from, int to, double[] present)
    {
        var found = 0;
        for (var t = from; t < Math.Min(to, row.Length); t++)
        {
            var value = Math.Abs(Numbers.Clean(row[t]));
            if (value >= 0) present[found++] = value;
        }
        return Numbers.Median(present.AsSpan(0, found));
    }

    private float[] PastOf(int instance, int from, int to)
    {
        var past = new float[Math.Max(0, to - from)];
        var present = new double[past.Length];
        var found = 0;
        var row = rows[instance];
        for (var t = from; t < to; t++)
        {
            var value = t < row.Length ? Transform(instance, row[t]) : double.NaN;
            past[t - from] = (float)value;
            if (!double.IsNaN(value)) present[found++] = value;
        }
        Centre[instance] = found >= RankEvidence.FewestEarlier ? Numbers.Median(present.AsSpan(0, found)) : double.NaN;
        for (var t = 0; t < past.Length; t++) past[t] -= (float)Centre[instance];
        return past;
    }

    private void AdoptNewcomers()
    {
        var known = Centre.Where(centre => !double.IsNaN(centre)).ToArray();
        if (known.Length == Centre.Length || known.Length == 0) return;
        var median = Numbers.Median([.. known]);
        var sizes = Enumerable.Range(0, Centre.Length).Where(i => !double.IsNaN(Centre[i])).Select(i => Math.Log(unitOf[i])).ToArray();
        var size = Numbers.Median([.. sizes]);
        NewcomerSpread = known.Length < 3 ? double.PositiveInfinity : 2 * 1.4826 * Numbers.Median([.. sizes.Select(one => Math.Abs(one - size))]);
        for (var i = 0; i < Centre.Length; i++) if (double.IsNaN(Centre[i])) Centre[i] = median;
    }

    private void Scales(int length)
    {
        var all = Enumerable.Range(0, Past.Length).ToArray();
        var common = new float[length];
        if (Past.Length > 1) for (var t = 0; t < length; t++) common[t] = (float)CommonOf(all, t);
        var correction = Past.Length > 1 ? Math.Sqrt(Past.Length / (Past.Length - 1.0)) : 1;
        var series = new double[length];
        for (var i = 0; i < Past.Length; i++)
        {
            for (var t = 0; t < length; t++) series[t] = Past[i][t] - common[t];
            Scale[i] = Serial.CentreAndScale(series).Scale * correction;
            Unrest[i] = UnrestOf(series) * correction;
        }
        Lift(Scale);
        Lift(Unrest);
    }

    private static double UnrestOf(double[] series)
    {
        var bends = new List<double>();
        for (var t = 2; t < series.Length; t++)
        {
            var bend = Math.Abs(LevelMeasure.Bend(series[t - 2], series[t - 1], series[t]));
            if (!double.IsNaN(bend)) bends.Add(bend);
        }
        if (bends.Count == 0) return double.NaN;
        var limit = 5 * Numbers.Median([.. bends]);
        return limit > 0 ? bends.Average(bend => Math.Min(bend, limit)) : bends.Average();
    }

    /// <summary>Nobody is believed to be ten times as calm as the others.</summary>
    private static void Lift(double[] scales)
    {
        var usual = Numbers.Median(scales.Where(scale => scale > 0).ToArray());
        for (var i = 0; i < scales.Length; i++)
            if (!(scales[i] > 0.1 * usual)) scales[i] = usual > 0 ? (scales[i] >= 0 ? 0.1 * usual : usual) : 0.001;
    }

    private double CommonOf(int[] instances, int t)
    {
        double sum = 0;
        var count = 0;
        foreach (var i in instances) if (!float.IsNaN(Past[i][t])) { sum += Math.Clamp(Past[i][t], -1, 1); count++; }
        return count == 0 ? 0 : sum / count;
    }

    private double Tail(int length)
    {
        var sample = new List<double>();
        var stride = Math.Max(1, (long)Past.Length * length / TailSample);
        for (long at = 0; at < (long)Past.Length * length; at += stride)
        {
            var (i, t) = ((int)(at % Past.Length), (int)(at / Past.Length));
            var peak = t > 1 ? InWorseDirection(LevelMeasure.Bend(Past[i][t - 2], Past[i][t - 1], Past[i][t]) / Unrest[i]) : double.NaN;
            if (!double.IsNaN(peak)) sample.Add(peak);
        }
        return sample.Count < 20 ? double.PositiveInfinity : Math.Max(0.5, Numbers.Quantile([.. sample], 0.99));
    }
}
