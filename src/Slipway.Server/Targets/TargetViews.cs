using System.Collections.ObjectModel;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets.Observing;

namespace Slipway.Server.Targets;

/// <summary>A target as the API shows it: its row, and what its instances say now.</summary>
internal sealed class TargetViews(IFleet fleet, IDbContextFactory<SlipwayDb> databases, ServiceCatalog catalog)
{
    public async Task<Target> OfAsync(TargetRow row, CancellationToken cancellation) => (await OfAsync([row], cancellation))[0];

    /// <summary>In the same order.</summary>
    public async Task<IReadOnlyList<Target>> OfAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var facts = await TargetFacts.ReadAsync(db, catalog, [.. rows.Select(row => row.Service).Distinct()], cancellation);
        var targets = new Target[rows.Count];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = await OfAsync(rows[i], facts, cancellation);

        return targets;
    }

    private async Task<Target> OfAsync(TargetRow row, TargetFacts facts, CancellationToken cancellation)
    {
        var running = facts.Running(row.Id);
        var seen = facts.Seen(row.Id);
        var members = await fleet.MembersAsync(row.Id, cancellation);
        var statuses = await fleet.StatusAsync(row.Id, [.. members.Select(member => member.Instance)], cancellation);
        return new()
        {
            Service = row.Service,
            Environment = row.Environment,
            Version = row.Version,
            Commit = running?.Commit,
            PublishedAt = running?.PublishedAt,
            Team = facts.Team(row.Service),
            Behind = facts.Behind(row.Id),
            ConfigRevision = row.ConfigRevision is > 0 and var revision ? revision : null,
            PreviousVersion = row.PreviousVersion,
            DeployedAt = row.DeployedAt,
            DeployedBy = row.DeployedBy,
            Deployment = row.Deployment,
            RunningDeployment = row.RunningDeployment,
            QueuedDeployment = row.QueuedDeployment,
            Hold = row.Hold,
            AutoDeploy = row.AutoDeployBranch is { } branch ? new() { Branch = branch } : null,
            Drift = seen?.Drift ?? [],
            Instances = seen is null ? Count(statuses) : GroupCounts.Of(seen),
            RunningVersions = seen is null ? Versions(statuses) : GroupCounts.Versions(seen),
        };
    }

    private static InstanceCounts Count(IReadOnlyList<FleetStatus> statuses) => new(
        statuses.Count,
        statuses.Count(status => status.Connected),
        statuses.Count(status => status is { Connected: true, Reported.State: ServiceState.Healthy }),
        statuses.Count(status => status.Reported?.State is ServiceState.Failed or ServiceState.Unhealthy));

    private static IReadOnlyDictionary<string, int> Versions(IReadOnlyList<FleetStatus> statuses) => statuses.Count == 0 ? ReadOnlyDictionary<string, int>.Empty : statuses
        .Where(status => status.Reported?.RunningVersion is { Length: > 0 })
        .CountBy(status => status.Reported!.RunningVersion, StringComparer.Ordinal)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);
}
