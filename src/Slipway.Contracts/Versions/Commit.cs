namespace Slipway.Contracts.Versions;

/// <summary>A commit that came with a version.</summary>
public sealed record Commit
{
    public required string Sha { get; init; }

    public string? Author { get; init; }

    /// <summary>Its first line, at most 200 characters.</summary>
    public required string Message { get; init; }

    public DateTimeOffset? Time { get; init; }
}
