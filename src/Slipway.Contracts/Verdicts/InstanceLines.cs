using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Verdicts;

/// <summary>The last lines that a service printed on an instance.</summary>
public sealed record InstanceLines
{
    public required InstanceName Instance { get; init; }

    public required IReadOnlyList<string> Lines { get; init; }
}
