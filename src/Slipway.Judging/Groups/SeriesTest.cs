using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>What a series' own past says about it: centre, scale, memory, and the innovations that later ones are ranked among.</summary>
internal sealed class SeriesTest
{
    public const double LeastScale = 1e-9;

    private readonly double[] innovations;

    /// <param name="past">The series before the change.</param>
    /// <param name="cap">The most that one later value may add to the evidence.</param>
    /// <param name="memory">Its autocorrelation where better known than from this past; NaN: estimated here.</param>
    public SeriesTest(double[] past, double cap, double memory = double.NaN)
    {
        Cap = cap;
        var (centre, scale) = Serial.CentreAndScale(past);
        (Centre, Scale) = (centre, scale > LeastScale ? scale : LeastScale);
        var own = Serial.Memory([past]);
        Memory = double.IsNaN(own) ? (double.IsNaN(memory) ? 0.5 : memory) : double.IsNaN(memory) ? own : Math.Max(0.5 * (own + memory), memory);
        var standard = past.Select(value => (value - Centre) / Scale).ToArray();
        var last = Array.FindLastIndex(standard, value => !double.IsNaN(value));
        (LastPast, GapAfterPast) = last >= 0 ? (standard[last], standard.Length - last) : (double.NaN, 1);
        Aligned = Serial.Whiten(standard, Memory);
        innovations = [.. Aligned.Skip(1).Where(value => !double.IsNaN(value))];
        Temper = Inflation.Of(innovations);
    }

    public double Cap { get; }

    public double Centre { get; }

    public double Scale { get; }

    public double Memory { get; }

    /// <summary>What dependence is left after whitening.</summary>
    public double Temper { get; set; }

    public double LastPast { get; }

    public int GapAfterPast { get; }

    /// <summary>One innovation for each step of the past.</summary>
    public double[] Aligned { get; }

    public int PastCount => innovations.Length;

    public bool CanTell => PastCount >= RankEvidence.FewestEarlier;

    public double[] PastInnovations(double sign) => sign > 0 ? innovations : [.. innovations.Select(value => -value)];
}
