namespace Slipway.Contracts.Services;

/// <summary>A question that a deployment asks before, during or after it changes instances. Exactly one of http, prometheus, logs, canary, healthy, manual, wait, webhook and command.</summary>
public sealed record CheckDefinition
{
    /// <summary>Unique in the service: 1 to 40 letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>When it is asked. Default: after everything else.</summary>
    public CheckMoment When { get; set; } = CheckMoment.After;

    /// <summary>Requests that must all be answered as expected, one after the other.</summary>
    public IReadOnlyList<HttpCheck>? Http { get; init; }

    /// <summary>A query whose answer must stay within bounds.</summary>
    public PrometheusCheck? Prometheus { get; init; }

    /// <summary>Lines of output that must not come, or not so often.</summary>
    public LogCheck? Logs { get; init; }

    /// <summary>A canary config of Kayenta, on a Prometheus.</summary>
    public CanaryCheck? Canary { get; init; }

    /// <summary>The version must have been healthy in another environment for some time.</summary>
    public HealthyCheck? Healthy { get; init; }

    /// <summary>A question to a person.</summary>
    public ManualCheck? Manual { get; init; }

    /// <summary>Only time that has to pass.</summary>
    public Duration? Wait { get; init; }

    /// <summary>Another system that is asked, and answers later.</summary>
    public WebhookCheck? Webhook { get; init; }

    /// <summary>A command, as words; must end with 0. On the server only where it allows it.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Where the command runs. Default: on the server.</summary>
    public CheckPlace Where { get; set; }

    /// <summary>The whole check may take this long. Default: 2m; for prometheus, logs and canary so much longer than they watch; for healthy 10m longer than its time; for manual 1d.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>Time between tries. Default: 10s; for canary all of its lifetime; for healthy at least a 500th of its timeout.</summary>
    public Duration? Interval { get; init; }

    /// <summary>So many tries may fail.</summary>
    public int Failures { get; set; }

    /// <summary>So many tries must pass in a row.</summary>
    public int Successes { get; set; } = 1;

    /// <summary>True: it is asked and shown, and the deployment goes on whatever comes.</summary>
    public bool DryRun { get; set; }
}
