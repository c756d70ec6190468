namespace Slipway.Contracts.Feedback;

/// <summary>What somebody who uses Slipway says about it, and the answer.</summary>
public sealed record Feedback
{
    public required string Id { get; init; }

    public required string Text { get; init; }

    /// <summary>The page of the interface the person was on. Absent: somewhere else.</summary>
    public string? Page { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Absent: nobody has answered yet.</summary>
    public string? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }
}
