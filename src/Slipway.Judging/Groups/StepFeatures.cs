namespace Slipway.Judging.Groups;

/// <summary>What one step says about a metric: the common movement (of the unchanged, and of everyone), and the changed group's distance from it.</summary>
internal readonly record struct StepFeatures(
    double Common, double Everyone, double Shift, double Spread, double TailChanged, double ChangedCount, double TailUnchanged, double UnchangedCount)
{
    public static StepFeatures None => new(double.NaN, double.NaN, double.NaN, double.NaN, 0, 0, 0, 0);
}
