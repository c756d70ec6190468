using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes;

/// <summary>A deployment that somebody started in the other system itself. Slipway records it and follows it; it does not take it back.</summary>
/// <param name="Key">Its id there; the same run is recorded once.</param>
/// <param name="By">Who started it there.</param>
public sealed record OutsideRun(string Key, string By, VersionName Version, DateTimeOffset StartedAt);
