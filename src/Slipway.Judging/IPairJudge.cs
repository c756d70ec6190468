namespace Slipway.Judging;

/// <summary>Compares metrics of the old version with those of the new. Pure: the same pairs have always the same verdicts.</summary>
public interface IPairJudge
{
    /// <summary>Its name and version, as it stands in answers.</summary>
    string Name { get; }

    /// <summary>Judges all pairs of one comparison; the verdicts are in their order.</summary>
    IReadOnlyList<PairVerdict> Judge(IReadOnlyList<MetricPair> pairs);
}
