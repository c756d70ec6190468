namespace Slipway.Contracts.Targets;

/// <summary>Puts a target on hold.</summary>
public sealed record PlaceHold
{
    /// <summary>Why, for everybody who meets it.</summary>
    public required string Reason { get; init; }
}
