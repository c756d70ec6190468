namespace Slipway.Contracts.Targets;

/// <summary>Every new version of a branch is deployed by itself.</summary>
public sealed record AutoDeploy
{
    public required string Branch { get; init; }
}
