using Slipway.Contracts.Ids;

namespace Slipway.Server.Targets;

/// <summary>The version a target should run, with what was given to it when it was published.</summary>
/// <param name="Number">Its place among the service's versions.</param>
/// <param name="CommitsSoFar">The commits of it and of all versions before it.</param>
internal sealed record RunningVersion(VersionName Version, int Number, int CommitsSoFar, string? Commit, DateTimeOffset PublishedAt);
