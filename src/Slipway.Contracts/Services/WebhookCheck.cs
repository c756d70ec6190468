namespace Slipway.Contracts.Services;

/// <summary>Another system that gets a POST with an address to answer to, and says there, or at once in its answer, pass or fail.</summary>
public sealed record WebhookCheck
{
    /// <summary>Where it is asked.</summary>
    public required string Url { get; init; }

    /// <summary>Headers of the request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>What is sent. ${SLIPWAY_CALLBACK} is the address to answer to. Default: JSON with deployment, check, service, environment, versions and callback.</summary>
    public string? Body { get; init; }

    /// <summary>The name of a secret config value that the POST is signed with, as Standard Webhooks has it. Absent: it is not signed.</summary>
    public string? Secret { get; init; }

    /// <summary>The POST itself must be answered within this time.</summary>
    public Duration Within { get; set; } = Duration.FromSeconds(10);
}
