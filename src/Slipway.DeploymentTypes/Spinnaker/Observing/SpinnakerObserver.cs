using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Observing;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Observing;

/// <summary>What runs for a target in Spinnaker's eyes, how that differs from what should, and what somebody has started there.</summary>
internal sealed class SpinnakerObserver(SpinnakerTarget target, Installation installation, ObserveRequest request)
{
    private const int MostGroups = 50;
    private const int MostInstances = 500;
    private const int NewestRuns = 10;

    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OldestRun = TimeSpan.FromDays(1);

    public async Task<TargetObservation> ObserveAsync(CancellationToken cancellation)
    {
        var groups = new List<ServerGroup>();
        foreach (var cluster in new[] { target.Cluster, target.CanaryCluster })
            groups.AddRange(await installation.ServerGroupsAsync(target.Application, target.Account, cluster, request.Busy ? TimeSpan.FromSeconds(2) : TimeSpan.Zero).WaitAsync(cancellation));

        var known = await new GroupVersions(target, installation, request.Made).OfAsync(groups, cancellation);
        return new()
        {
            Groups = [.. await Task.WhenAll(Ordered(known).Take(MostGroups).Select(entry => ShowAsync(entry.Group, entry.Version, cancellation)))],
            Drift = request.Busy ? [] : [.. GroupDrift.Of(target, request.Version, known.Where(entry => entry.Group.Cluster != target.CanaryCluster).ToList())],
            OutsideRuns = request.Busy ? [] : await OutsideRunsAsync(cancellation),
            NextIn = request.Busy || IsMoving(groups) ? installation.Interval : AtRest,
        };
    }

    /// <summary>A deployment may have ended a moment ago, and Spinnaker's view follows.</summary>
    private bool IsMoving(IEnumerable<ServerGroup> groups) =>
        request.DeployedAt > request.Now - Settling || groups.Any(group => !group.IsDisabled && group.Health.Starting > 0);

    private static IEnumerable<(ServerGroup Group, VersionName? Version)> Ordered(IEnumerable<(ServerGroup Group, VersionName? Version)> groups) => groups
        .OrderBy(entry => entry.Group.Region, StringComparer.Ordinal)
        .ThenByDescending(entry => entry.Group.CreatedAt)
        .ThenByDescending(entry => entry.Group.Name, StringComparer.Ordinal);

    private async Task<InstanceGroup> ShowAsync(ServerGroup group, VersionName? version, CancellationToken cancellation) => new()
    {
        Name = group.Name,
        Location = $"{group.Account} {group.Region}",
        Version = version?.Value ?? group.BuildVersion,
        Image = await ImageAsync(group, cancellation),
        Serving = !group.IsDisabled,
        Capacity = group.Capacity,
        Health = group.Health,
        CreatedAt = group.CreatedAt,
        Instances = [.. group.Instances.Take(MostInstances)],
        Deployment = DeploymentId.TryParse(group.Tag(SpinnakerTarget.DeploymentTag), out var deployment) ? deployment : null,
        Url = installation.Link($"applications/{target.Application}/clusters/serverGroupDetails/{group.Provider}/{group.Account}/{group.Region}/{group.Name}"),
    };

    private async Task<string?> ImageAsync(ServerGroup group, CancellationToken cancellation)
    {
        try
        {
            return await installation.ImageAsync(target.Application, group, cancellation);
        }
        catch (GateException)
        {
            // Nice to know; the rest is worth showing without it.
            return null;
        }
    }

    private async Task<IReadOnlyList<OutsideRun>> OutsideRunsAsync(CancellationToken cancellation)
    {
        var newest = await installation.CallAsync((gate, token) => gate.SearchAsync(target.Application, target.PipelineName, null, NewestRuns, token), cancellation);
        var since = request.DeployedAt is { } deployed && deployed > request.Now - OldestRun ? deployed : request.Now - OldestRun;
        return
        [
            .. newest
                .Where(execution => execution.Status.HasStarted && execution.BuiltAt > since && !IsOurs(execution))
                .OrderBy(execution => execution.BuiltAt)
                .Select(Run)
                .OfType<OutsideRun>(),
        ];
    }

    private OutsideRun? Run(Execution execution)
    {
        var parameter = target.Settings.Pipeline?.Parameters.FirstOrDefault(pair => pair.Value == "{version}").Key ?? "version";
        return VersionName.TryParse(execution.Parameter(parameter), out var version)
            ? new(execution.Id, $"{execution.User ?? "somebody"} (Spinnaker)", version, execution.BuiltAt!.Value)
            : null;
    }

    /// <summary>Started by a deployment, of this server or of another that shares the pipeline.</summary>
    private static bool IsOurs(Execution execution) =>
        execution.CorrelationId?.Split('/') is [var id, ..] && DeploymentId.TryParse(id, out _);
}
