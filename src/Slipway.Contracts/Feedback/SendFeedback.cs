namespace Slipway.Contracts.Feedback;

/// <summary>Something to say about Slipway.</summary>
public sealed record SendFeedback
{
    /// <summary>1 to 4000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>The page of the interface the person is on: its path, such as /services/checkout. At most 500 characters.</summary>
    public string? Page { get; init; }
}
