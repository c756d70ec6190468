using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Services;

/// <summary>Something that is deployed as one unit.</summary>
public sealed record Service
{
    public required ServiceName Name { get; init; }

    /// <summary>Counts every change of the definition, from 1.</summary>
    public required int Revision { get; init; }

    public required ServiceDefinition Definition { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }
}
