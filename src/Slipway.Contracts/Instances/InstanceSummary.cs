namespace Slipway.Contracts.Instances;

/// <summary>Many instances in numbers.</summary>
public sealed record InstanceSummary
{
    public required int Total { get; init; }

    public required int Connected { get; init; }

    /// <summary>State to number of services in it; where a service is given, only that one counts.</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }

    /// <summary>Version of the agent to number of instances.</summary>
    public required IReadOnlyDictionary<string, int> AgentVersions { get; init; }

    /// <summary>Version to number of instances that run it. Absent unless a service is given.</summary>
    public IReadOnlyDictionary<string, int>? Versions { get; init; }

    /// <summary>Environment to number of instances.</summary>
    public required IReadOnlyDictionary<string, int> Environments { get; init; }

    /// <summary>Name of a label to its values, in their order, at most 50.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; init; }
}
