namespace Slipway.Contracts.Deployments;

/// <summary>Body of pause, resume, cancel and rollback.</summary>
public sealed record ControlRequest
{
    public string? Reason { get; init; }
}
