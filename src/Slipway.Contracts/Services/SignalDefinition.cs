namespace Slipway.Contracts.Services;

/// <summary>How the agents measure a service.</summary>
public sealed record SignalDefinition
{
    /// <summary>How long a step is, 1s to 60s. An agent keeps the last 360 steps.</summary>
    public Duration Step { get; set; } = Duration.FromSeconds(10);

    /// <summary>The path where the service shows metrics for Prometheus, for example /metrics. Absent: they are not read.</summary>
    public string? Metrics { get; init; }

    /// <summary>The port of <see cref="Metrics"/>. Default: the service's own.</summary>
    public int? Port { get; init; }

    /// <summary>Metrics that are read besides requests, their errors and their times, by the names the page gives them.</summary>
    public IReadOnlyList<string> Watch { get; set; } = [];
}
