using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances.Broker;

/// <summary>Something to be said to some instances of an environment.</summary>
internal sealed record Announcement
{
    /// <summary>Reaches every subscription of the instances it names, whichever services they filter for.</summary>
    public const string EveryService = "*";

    /// <summary>What subscriptions filter by.</summary>
    public required string Service { get; init; }

    /// <summary>Shared by the sayings that need it.</summary>
    public Release? Release { get; init; }

    /// <summary>Null: as good later as now, because generations say what is late.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required IReadOnlyList<Saying> Sayings { get; init; }
}

/// <summary>The same words for some of the instances.</summary>
/// <param name="Numbers">In ascending order, none twice.</param>
/// <param name="WithRelease">The message's release is the announcement's.</param>
internal sealed record Saying(ToAgent Message, IReadOnlyList<uint> Numbers, bool WithRelease = false);
