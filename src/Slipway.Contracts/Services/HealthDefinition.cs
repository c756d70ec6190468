namespace Slipway.Contracts.Services;

/// <summary>When a service counts as healthy. At most one of http, tcp and command; none: the process is alive.</summary>
public sealed record HealthDefinition
{
    /// <summary>A path that must answer, for example /healthz.</summary>
    public string? Http { get; init; }

    /// <summary>Status codes that count as healthy, for example "200-299,401". Default: 200-299.</summary>
    public string? Status { get; init; }

    /// <summary>Text the body must contain.</summary>
    public string? Contains { get; init; }

    /// <summary>Headers the answer must have, with exactly these values.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>A port that must accept a connection; 0 means the service's own.</summary>
    public int? Tcp { get; init; }

    /// <summary>A command that must end with 0, as words.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The port of the HTTP probe. Default: the service's own.</summary>
    public int? Port { get; init; }

    /// <summary>Time between probes once it runs. While it starts, probes are closer together.</summary>
    public Duration Interval { get; set; } = Duration.FromSeconds(5);

    /// <summary>One probe may take this long.</summary>
    public Duration Timeout { get; set; } = Duration.FromSeconds(2);

    /// <summary>From start until the first healthy answer.</summary>
    public Duration Deadline { get; set; } = Duration.FromSeconds(60);

    /// <summary>After the first healthy answer, a crash or an unhealthy answer in this time still fails the deployment.</summary>
    public Duration Settle { get; set; } = Duration.FromSeconds(1);

    /// <summary>Consecutive failed probes after which a running service counts as unhealthy.</summary>
    public int Failures { get; set; } = 3;
}
