using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Verdicts;

/// <summary>A past deployment, judged anew.</summary>
public sealed record ReplayedDeployment
{
    public required DeploymentId Deployment { get; init; }

    public required VersionName Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its version stayed, and was not found bad later.</summary>
    public required bool Good { get; init; }

    /// <summary>What was said then.</summary>
    public required Answer Before { get; init; }

    /// <summary>What these rules say.</summary>
    public required Answer Now { get; init; }

    /// <summary>How long after the first change they would have stopped it. Absent: they would not.</summary>
    public Duration? StoppedAfter { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Sentence { get; init; }
}
