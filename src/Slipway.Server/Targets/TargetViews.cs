using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Trigger;

namespace Slipway.Server.Targets;

/// <summary>A target as the API shows it: its row, and what its instances say now.</summary>
internal sealed class TargetViews(IFleet fleet)
{
    public async Task<Target> OfAsync(TargetRow row, CancellationToken cancellation)
    {
        var members = await fleet.MembersAsync(row.Id, cancellation);
        var statuses = await fleet.StatusAsync(row.Id, [.. members.Select(member => member.Instance)], cancellation);
        return new()
        {
            Service = row.Service,
            Environment = row.Environment,
            Version = row.Version,
            ConfigRevision = row.ConfigRevision is > 0 and var revision ? revision : null,
            PreviousVersion = row.PreviousVersion,
            DeployedAt = row.DeployedAt,
            DeployedBy = row.DeployedBy,
            Deployment = row.Deployment,
            RunningDeployment = row.RunningDeployment,
            QueuedDeployment = row.QueuedDeployment,
            Hold = row.Hold,
            AutoDeploy = row.AutoDeployBranch is { } branch ? new() { Branch = branch } : null,
            Instances = new(
                statuses.Count,
                statuses.Count(status => status.Connected),
                statuses.Count(status => status is { Connected: true, Reported.State: ServiceState.Healthy }),
                statuses.Count(status => status.Reported?.State is ServiceState.Failed or ServiceState.Unhealthy)),
            RunningVersions = statuses
                .Where(status => status.Reported?.RunningVersion is { Length: > 0 })
                .CountBy(status => status.Reported!.RunningVersion, StringComparer.Ordinal)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal),
        };
    }
}
