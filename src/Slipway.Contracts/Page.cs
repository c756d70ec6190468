namespace Slipway.Contracts;

/// <summary>One page of a list.</summary>
public sealed record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Give this as <c>cursor</c> to get the next page. Absent: this was the last.</summary>
    public string? NextCursor { get; init; }
}
