namespace Slipway.Contracts.Feedback;

/// <summary>The answer to a feedback. A second one takes the place of the first.</summary>
public sealed record AnswerFeedback
{
    /// <summary>1 to 4000 characters.</summary>
    public required string Text { get; init; }
}
