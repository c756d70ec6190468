namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>What one side of a canary is: which instances, and when.</summary>
public sealed record CanaryScope
{
    /// <summary>What tells the side apart: a server group, a version, whatever the config's queries make of it.</summary>
    public required string Scope { get; init; }

    /// <summary>Its region or the like.</summary>
    public string? Location { get; init; }

    /// <summary>The project at a cloud provider.</summary>
    public string? Project { get; init; }

    /// <summary><c>gce_instance</c> or <c>aws_ec2_instance</c>, where a metric's query does not say.</summary>
    public string? ResourceType { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>From one value to the next; whole seconds.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Further variables for templates; they go before the others.</summary>
    public IReadOnlyDictionary<string, string>? ExtendedScopeParams { get; init; }
}
