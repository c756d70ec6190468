using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>What applying a slipway.yaml did.</summary>
public sealed record ServiceApplied
{
    public required Service Service { get; init; }

    public required AppliedChange Change { get; init; }

    /// <summary>One line for each thing that changed, for a person.</summary>
    public IReadOnlyList<string> Changes { get; set; } = [];
}

/// <summary>What became of a service.</summary>
[JsonConverter(typeof(CamelCaseEnum<AppliedChange>))]
public enum AppliedChange
{
    Unchanged,
    Created,
    Updated,
}
