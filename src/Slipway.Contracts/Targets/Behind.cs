using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Targets;

/// <summary>What waits to be promoted: the nearest environment before a target's own in which its service runs a version that was published later.</summary>
public sealed record Behind
{
    public required EnvironmentName Environment { get; init; }

    /// <summary>What runs there.</summary>
    public required VersionName Version { get; init; }

    /// <summary>How many versions were published after the target's own, up to and with that one.</summary>
    public required int Versions { get; init; }

    /// <summary>How many commits came with them, as far as they were published with their commits.</summary>
    public required int Commits { get; init; }
}
