using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Environments;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets.Observing;
using Slipway.Server.Versions;

namespace Slipway.Server.Targets;

/// <summary>What the views of targets of some services need beside the targets' own rows: a few queries, however many targets there are.</summary>
internal sealed class TargetFacts
{
    private static readonly Dictionary<EnvironmentName, RunningVersion> Nothing = [];

    private readonly IReadOnlyList<EnvironmentName> order;
    private readonly Dictionary<ServiceName, Dictionary<EnvironmentName, RunningVersion>> running;
    private readonly Dictionary<ServiceName, string?> teams;
    private readonly IReadOnlyDictionary<TargetId, InstanceGroups> seen;

    private TargetFacts(
        IReadOnlyList<EnvironmentName> order,
        Dictionary<ServiceName, Dictionary<EnvironmentName, RunningVersion>> running,
        Dictionary<ServiceName, string?> teams,
        IReadOnlyDictionary<TargetId, InstanceGroups> seen) =>
        (this.order, this.running, this.teams, this.seen) = (order, running, teams, seen);

    public static async Task<TargetFacts> ReadAsync(SlipwayDb db, ServiceCatalog catalog, IReadOnlyList<ServiceName> services, CancellationToken cancellation)
    {
        var environments = await db.Set<EnvironmentRow>().AsNoTracking().ToListAsync(cancellation);
        var versions = await (
            from target in db.Set<TargetRow>()
            where EF.Parameter(services).Contains(target.Service)
            join version in db.Set<VersionRow>() on new { target.Service, target.Version } equals new { version.Service, Version = (VersionName?)version.Version }
            select new { target.Service, target.Environment, Running = new RunningVersion(version.Version, version.Number, version.CommitsSoFar, version.Commit, version.CreatedAt) })
            .ToListAsync(cancellation);
        var revisions = await db.Set<ServiceRow>().Where(row => EF.Parameter(services).Contains(row.Name))
            .Select(row => new { row.Name, row.Revision })
            .ToDictionaryAsync(row => row.Name, row => row.Revision, cancellation);
        var definitions = await catalog.GetDefinitionsAsync(revisions, cancellation);

        return new(
            [.. environments.OrderBy(row => row.Order).ThenBy(row => row.Name).Select(row => row.Name)],
            versions.GroupBy(row => row.Service).ToDictionary(group => group.Key, group => group.ToDictionary(row => row.Environment, row => row.Running)),
            definitions.ToDictionary(pair => pair.Key, pair => pair.Value.Team),
            await Observations.OfAsync(db, services, cancellation));
    }

    public string? Team(ServiceName service) => teams.GetValueOrDefault(service);

    public RunningVersion? Running(TargetId target) => Of(target.Service).GetValueOrDefault(target.Environment);

    /// <summary>Null: its instances are Slipway's own.</summary>
    public InstanceGroups? Seen(TargetId target) => seen.GetValueOrDefault(target);

    public Behind? Behind(TargetId target) => BehindRules.Of(target.Environment, order, Of(target.Service));

    private Dictionary<EnvironmentName, RunningVersion> Of(ServiceName service) => running.GetValueOrDefault(service, Nothing);
}
