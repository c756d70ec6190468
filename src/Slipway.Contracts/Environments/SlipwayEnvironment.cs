using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Environments;

/// <summary>A place versions are promoted through.</summary>
public sealed record SlipwayEnvironment
{
    public required EnvironmentName Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Position in the order of promotion, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>People are asked to type the service's name before they deploy there. Programs are not asked.</summary>
    public bool Confirm { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
