using System.Text.Json.Serialization;

namespace Slipway.Contracts.Deployments;

/// <summary>What a system that was asked by a webhook answers.</summary>
public sealed record CheckAnswer
{
    public required CheckVerdict Verdict { get; init; }

    /// <summary>One sentence for a person.</summary>
    public string? Reason { get; init; }
}

/// <summary>Whether the deployment may go on.</summary>
[JsonConverter(typeof(CamelCaseEnum<CheckVerdict>))]
public enum CheckVerdict
{
    Pass,
    Fail,
}
