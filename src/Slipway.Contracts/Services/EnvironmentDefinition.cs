namespace Slipway.Contracts.Services;

/// <summary>What differs for a service in one environment.</summary>
public sealed record EnvironmentDefinition
{
    /// <summary>Replaces the service's strategy here.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>Replaces the service's way of being judged here, as a whole.</summary>
    public VerdictDefinition? Verdict { get; init; }

    /// <summary>Added to the service's config values, or replacing them.</summary>
    public IReadOnlyDictionary<string, string> Config { get; set; } = new Dictionary<string, string>();

    /// <summary>Added to the service's checks, or replacing those of the same name.</summary>
    public IReadOnlyList<CheckDefinition> Checks { get; set; } = [];

    /// <summary>Settings of the deployment type that differ here; keys of keys are merged with the service's.</summary>
    public System.Text.Json.JsonElement? Settings { get; init; }

    /// <summary>Every new version of this branch is deployed here by itself. Absent: nothing is.</summary>
    public string? AutoDeployBranch { get; init; }
}
