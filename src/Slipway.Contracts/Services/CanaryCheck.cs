using System.Text.Json;

namespace Slipway.Contracts.Services;

/// <summary>The metrics of a canary config of Kayenta, fetched from a Prometheus for the old and the new side and judged as Kayenta judges.</summary>
public sealed record CanaryCheck
{
    /// <summary>Where Prometheus is.</summary>
    public required string Address { get; init; }

    /// <summary>The canary config as Kayenta stores it (version 2).</summary>
    public required JsonElement Config { get; init; }

    /// <summary>What the old side is called in the config's queries: ${scope} there.</summary>
    public string Control { get; set; } = "${SLIPWAY_PREVIOUS_VERSION}";

    /// <summary>What the new side is called.</summary>
    public string Experiment { get; set; } = "${SLIPWAY_VERSION}";

    /// <summary>The region or the like of both.</summary>
    public string? Location { get; init; }

    /// <summary>Further variables for the config's templates.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; set; } = new Dictionary<string, string>();

    /// <summary>From one value to the next, in whole seconds.</summary>
    public Duration Step { get; set; } = Duration.FromSeconds(60);

    /// <summary>How long both are compared.</summary>
    public Duration Lifetime { get; set; } = Duration.FromMinutes(10);

    /// <summary>The last score must be at least this.</summary>
    public double Pass { get; set; } = 75;

    /// <summary>A score of at most this ends the check at once.</summary>
    public double Marginal { get; set; } = 50;
}
