namespace Slipway.Chaos.Checking;

/// <summary>What somebody who watched saw of a deployment while everything else went wrong.</summary>
internal sealed record Sighting
{
    public required DateTimeOffset At { get; init; }

    public required string Deployment { get; init; }

    public required string Status { get; init; }

    public required long Sequence { get; init; }

    /// <summary>The events that were new to whoever watched.</summary>
    public IReadOnlyList<SeenEvent> Events { get; init; } = [];
}
