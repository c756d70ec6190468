namespace Slipway.Contracts.Services;

/// <summary>A question to a person, answered with approve or reject.</summary>
public sealed record ManualCheck
{
    /// <summary>What to look at before answering.</summary>
    public required string Question { get; init; }
}
