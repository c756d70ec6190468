namespace Slipway.Contracts.Services;

/// <summary>A query whose every value must be below or above something.</summary>
public sealed record PrometheusCheck
{
    /// <summary>Where Prometheus is.</summary>
    public required string Address { get; init; }

    /// <summary>A query that answers one value, or one for each of some series.</summary>
    public required string Query { get; init; }

    /// <summary>Every value must be less than this.</summary>
    public double? Below { get; init; }

    /// <summary>Every value must be more than this.</summary>
    public double? Above { get; init; }

    /// <summary>Every try must pass for so long.</summary>
    public Duration For { get; set; } = Duration.Zero;
}
