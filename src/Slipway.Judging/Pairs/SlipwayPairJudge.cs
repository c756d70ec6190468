namespace Slipway.Judging.Pairs;

/// <summary>
/// Slipway's judge for plain pairs: no past, no instances, one look. Fixed-sample tests that know about memory; several questions
/// a pair, and one about all pairs together, with the multiplicity paid.
/// </summary>
/// <param name="minimumEffect">The smallest change worth telling, as a part of what is usual for the control.</param>
/// <param name="falseAlarms">The permitted chance of failing a healthy pair; a set of pairs shares five times as much.</param>
public sealed class SlipwayPairJudge(double minimumEffect = 0.05, double falseAlarms = 0.0012) : IPairJudge
{
    /// <summary>Fewer values a side than this say nothing.</summary>
    public const int FewestValues = 8;

    private const int UsualSet = 5;
    private const double ShareOfTogether = 0.5;

    private readonly double minimumEffect = double.IsFinite(minimumEffect) ? Math.Clamp(minimumEffect, 0, 100) : 0.05;
    private readonly double falseAlarms = double.IsFinite(falseAlarms) ? Math.Clamp(falseAlarms, 1e-9, 0.2) : 0.0012;

    /// <inheritdoc/>
    public string Name => "SlipwayJudge-v1";

    /// <summary>Judges one pair by itself.</summary>
    public PairVerdict Judge(MetricPair pair) => Judge(new PairSeries(pair), pair.Direction, falseAlarms);

    /// <summary>Judges pairs that belong together: small changes for the worse in most of them count too.</summary>
    public IReadOnlyList<PairVerdict> Judge(IReadOnlyList<MetricPair> pairs)
    {
        if (pairs.Count == 0) return [];
        var series = pairs.Select(pair => new PairSeries(pair)).ToArray();
        var each = falseAlarms * Math.Min(1, (double)UsualSet / pairs.Count);
        var verdicts = series.Select((one, i) => Judge(one, pairs[i].Direction, each)).ToArray();
        if (verdicts.Any(verdict => verdict.Classification is PairClassification.High or PairClassification.Low)) return verdicts;
        var together = new PairsTogether(series, [.. pairs.Select(pair => pair.Direction)], minimumEffect);
        if (!(together.Chance < ShareOfTogether * falseAlarms)) return verdicts;
        foreach (var (i, side) in together.Worse)
        {
            var reason = $"A little {(side > 0 ? "higher" : "lower")}, as most of the metrics are a little worse at the same time.";
            verdicts[i] = new(side > 0 ? PairClassification.High : PairClassification.Low, reason,
                new Dictionary<string, double>(verdicts[i].Evidence) { ["chanceTogether"] = together.Chance });
        }
        return verdicts;
    }

    private PairVerdict Judge(PairSeries series, Direction direction, double falseAlarms)
    {
        if (series.Fewest < FewestValues)
            return new(PairClassification.NoData, $"Too few values: {series.Fewest} on one side, and {FewestValues} are the least.", new Dictionary<string, double>());
        var findings = PairQuestions.Ask(series, direction, minimumEffect).ToArray();
        var best = findings.MinBy(finding => finding.Ratio(falseAlarms));
        var evidence = new Dictionary<string, double> { ["chance"] = best.Chance, ["permittedChance"] = best.Share * falseAlarms };
        if (double.IsFinite(series.Effect)) evidence["effect"] = series.Effect;
        if (best.Ratio(falseAlarms) >= 1) return new(PairClassification.Pass, "No change that matters.", evidence);
        var effect = evidence.TryGetValue("effect", out var e) ? FormattableString.Invariant($" (on average {e * 100:+0.#;-0.#;0} %)") : "";
        return new(best.Direction > 0 ? PairClassification.High : PairClassification.Low, $"The new version is {best.Words}{effect}.", evidence);
    }
}
