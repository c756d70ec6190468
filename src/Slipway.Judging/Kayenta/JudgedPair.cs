using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta;

/// <summary>The values of one metric, and how its config wants them judged.</summary>
public sealed record JudgedPair(string Name, MetricSetPair Pair, MetricAnalysis Analysis);
