namespace Slipway.Judging.Pairs;

/// <summary>What one question about a pair has found: the chance of as much in a healthy pair, and its share of the permitted false alarms.</summary>
internal readonly record struct PairFinding(Sign Sign, double Chance, double Share, double Direction, string Words)
{
    /// <summary>Below one: found.</summary>
    public double Ratio(double falseAlarms) => Chance / (Share * falseAlarms);
}
