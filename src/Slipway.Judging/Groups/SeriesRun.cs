using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>A test of one series that is under way: takes its values one after the other and keeps the path of its evidence.</summary>
internal sealed class SeriesRun(SeriesTest test, double sign)
{
    private readonly RankEvidence evidence = new(test.PastInnovations(sign), test.Temper, test.Cap);
    private readonly double marginal = Math.Sqrt(1 - test.Memory * test.Memory);
    private double before = sign * test.LastPast;
    private int gap = test.GapAfterPast;

    public List<double> Path { get; } = [];

    public List<double> Innovations { get; } = [];

    public double Highest { get; private set; }

    /// <summary>Adds a value in its own units; the band is what it may be higher by (in the direction of the sign).</summary>
    public void Add(double value, double band, double centre, double scale)
    {
        var standard = (sign * (value - centre) - band) / Math.Max(scale, SeriesTest.LeastScale);
        var innovation = double.NaN;
        if (!double.IsNaN(standard))
        {
            innovation = Serial.Innovation(standard, before, test.Memory, gap, marginal);
            (before, gap) = (standard, 0);
            if (test.CanTell) evidence.Add(innovation);
        }
        gap++;
        Innovations.Add(innovation);
        Path.Add(evidence.Log);
        Highest = Math.Max(Highest, evidence.Log);
    }

    public void Add(double value, double band) => Add(value, band, test.Centre, test.Scale);
}
