namespace Slipway.Contracts.Targets;

/// <summary>The target refuses automatic deployments until it is lifted or somebody deploys on purpose.</summary>
public sealed record Hold
{
    public required string Reason { get; init; }

    public required string PlacedBy { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}
