namespace Slipway.Bench.Judging;

/// <summary>How a deployment ended for a judge: when it was failed, in minutes since the first change, by what; or what it was told at the end.</summary>
internal readonly record struct Outcome(double? FailedAfter, string? By, Slipway.Judging.Verdict Last, double? PassedAfter);
