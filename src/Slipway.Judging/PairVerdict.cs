namespace Slipway.Judging;

/// <summary>What became of a comparison.</summary>
/// <param name="Classification">In one word.</param>
/// <param name="Reason">In plain words, for a person.</param>
/// <param name="Evidence">The numbers that it rests on, by name.</param>
public sealed record PairVerdict(PairClassification Classification, string Reason, IReadOnlyDictionary<string, double> Evidence);
