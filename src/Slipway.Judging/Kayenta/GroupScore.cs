namespace Slipway.Judging.Kayenta;

/// <summary>A group's score; 0 where none of its metrics counts.</summary>
internal sealed record GroupScore(string Name, double Score, bool NoData);
