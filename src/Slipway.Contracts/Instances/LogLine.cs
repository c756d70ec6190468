using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Instances;

/// <summary>One line of a service's output on an instance.</summary>
public sealed record LogLine
{
    public required InstanceName Instance { get; init; }

    public required string Line { get; init; }
}
