using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Access;

/// <summary>An API token. Its secret is shown once, when it is made; only a hash is kept.</summary>
public sealed record Token
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Scope Scope { get; init; }

    /// <summary>It may change only these services. Absent: all. Reading is not restricted.</summary>
    public IReadOnlyList<ServiceName>? Services { get; init; }

    /// <summary>It may deploy only to these environments. Absent: all.</summary>
    public IReadOnlyList<EnvironmentName>? Environments { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>What a token may do; each includes the ones before it.</summary>
[JsonConverter(typeof(CamelCaseEnum<Scope>))]
public enum Scope
{
    Read,
    Publish,
    Deploy,
    Admin,
}
