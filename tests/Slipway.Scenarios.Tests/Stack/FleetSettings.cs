namespace Slipway.Scenarios.Tests.Stack;

/// <summary>How a fleet differs from the plainest one.</summary>
public sealed record FleetSettings
{
    public IReadOnlyList<string> ServerArguments { get; init; } = [];

    /// <summary>Of the server and of all agents.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>By the instance's name: direct or aws.</summary>
    public Func<string, string> TransportOf { get; init; } = _ => "direct";

    /// <summary>So many nodes on one PostgreSQL; 0: one server with a file.</summary>
    public int Nodes { get; init; }

    /// <summary>What differs in the nodes' PostgreSQL.</summary>
    public IReadOnlyList<(string Name, string Value)> Database { get; init; } = [];

    /// <summary>Of the disk that it has of its own; 0: it has none.</summary>
    public int DatabaseMegabytes { get; init; }

    /// <summary>Agents reach the server through something that can be cut.</summary>
    public bool CanBeCut { get; init; }
}
