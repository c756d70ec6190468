namespace Slipway.Judging.Kayenta;

/// <summary>A canary's score, and why it is 0 where the groups did not decide that.</summary>
internal sealed record SummaryScore(double Score, string? Reason, IReadOnlyList<GroupScore> Groups);
