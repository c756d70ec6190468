using Slipway.Contracts.Targets;

namespace Slipway.Server.Targets;

/// <summary>What waits to be promoted to a target. Pure.</summary>
internal static class BehindRules
{
    /// <param name="order">Environments in the order of promotion.</param>
    /// <param name="running">What the service runs in each environment.</param>
    public static Behind? Of(EnvironmentName here, IReadOnlyList<EnvironmentName> order, IReadOnlyDictionary<EnvironmentName, RunningVersion> running)
    {
        if (!running.TryGetValue(here, out var own))
            return null;

        Behind? behind = null;
        foreach (var before in order)
        {
            if (before == here)
                break;

            if (running.TryGetValue(before, out var other) && other.Number > own.Number)
                behind = new() { Environment = before, Version = other.Version, Versions = other.Number - own.Number, Commits = other.CommitsSoFar - own.CommitsSoFar };
        }

        return behind;
    }
}
