namespace Slipway.Contracts.Access;

/// <summary>Something that was done or refused.</summary>
public sealed record AuditEntry
{
    public required long Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The token's name, the instance's, or "anonymous".</summary>
    public required string Actor { get; init; }

    /// <summary>Method and path.</summary>
    public required string Action { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The refusal's code.</summary>
    public string? Code { get; init; }

    public string? RemoteAddress { get; init; }
}
