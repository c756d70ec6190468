namespace Slipway.Judging.Groups;

/// <summary>The evidence for one sign of one metric, step by step since the first change.</summary>
/// <param name="Sign">What was looked for.</param>
/// <param name="Path">log of the e-value after each step.</param>
/// <param name="Penalty">What is taken off it, because as much was found against instances that did nothing.</param>
/// <param name="Share">Its part of the permitted false alarms.</param>
/// <param name="Instance">Which instance, where it is about one.</param>
internal sealed record Signal(Sign Sign, IReadOnlyList<double> Path, double Penalty, double Share, int? Instance = null)
{
    /// <summary>The first step since the first change at which the evidence is enough; -1 if never.</summary>
    public int Crossing(double falseAlarms)
    {
        var boundary = Boundary(falseAlarms);
        for (var t = 0; t < Path.Count; t++) if (Path[t] - Penalty >= boundary) return t;
        return -1;
    }

    public double Boundary(double falseAlarms) => -Math.Log(falseAlarms * Share);

    public double Highest => Path.Count == 0 ? 0 : Path.Max() - Penalty;
}
