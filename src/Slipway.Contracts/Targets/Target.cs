using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Targets;

/// <summary>One service in one environment: what runs there and what is happening to it.</summary>
public sealed record Target
{
    public required ServiceName Service { get; init; }

    public required EnvironmentName Environment { get; init; }

    /// <summary>What it should run. Absent: nothing was deployed yet.</summary>
    public VersionName? Version { get; init; }

    /// <summary>The commit that <see cref="Version"/> was built from.</summary>
    public string? Commit { get; init; }

    /// <summary>When <see cref="Version"/> was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public int? ConfigRevision { get; init; }

    /// <summary>Who owns the service.</summary>
    public string? Team { get; init; }

    /// <summary>A newer version runs in an environment before this one. Absent: none does.</summary>
    public Behind? Behind { get; init; }

    /// <summary>What a rollback goes back to.</summary>
    public VersionName? PreviousVersion { get; init; }

    /// <summary>When the current version was completely deployed.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    public string? DeployedBy { get; init; }

    /// <summary>The deployment that brought the current version.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>The deployment running now.</summary>
    public DeploymentId? RunningDeployment { get; init; }

    public DeploymentId? QueuedDeployment { get; init; }

    public Hold? Hold { get; init; }

    public AutoDeploy? AutoDeploy { get; init; }

    /// <summary>How what runs differs from what should, a sentence each, where Slipway does not run the instances itself.</summary>
    public IReadOnlyList<string> Drift { get; set; } = [];

    public required InstanceCounts Instances { get; init; }

    /// <summary>Version to number of instances that run it; more than one entry: mixed.</summary>
    public required IReadOnlyDictionary<string, int> RunningVersions { get; init; }
}

/// <summary>A target's instances by how they are.</summary>
public sealed record InstanceCounts(int Total, int Connected, int Healthy, int Unhealthy);
