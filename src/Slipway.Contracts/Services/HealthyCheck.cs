using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Services;

/// <summary>The very version that is deployed has stood in another environment, healthy without interruption, for some time.</summary>
public sealed record HealthyCheck
{
    /// <summary>The environment, usually the one before.</summary>
    public required EnvironmentName In { get; init; }

    /// <summary>At least so long, up to the moment when it is asked. Any trouble there begins the time anew.</summary>
    public required Duration For { get; init; }
}
