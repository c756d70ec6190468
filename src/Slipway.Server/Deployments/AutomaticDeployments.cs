using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Configuration;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Versions;

namespace Slipway.Server.Deployments;

/// <summary>CI publishes; targets that take the branch have it seconds later.</summary>
internal sealed partial class AutomaticDeployments(IDbContextFactory<SlipwayDb> databases, IGrainFactory grains, IFleet fleet, ILogger<AutomaticDeployments> logger) : IAutomaticDeployments
{
    public async Task VersionPublishedAsync(ServiceName service, VersionName version, CancellationToken cancellation)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var row = await db.Set<VersionRow>().AsNoTracking().FirstAsync(v => v.Service == service && v.Version == version, cancellation);
            var targets = await db.Set<TargetRow>().AsNoTracking().Where(target => target.Service == service).ToListAsync(cancellation);
            await PrepareAheadAsync(db, row, targets, cancellation);
            if (!await IsOvertakenAsync(db, row, cancellation))
            {
                foreach (var target in targets.Where(target => target.AutoDeployBranch is { } branch && branch == row.Branch))
                    await DeployAsync(target, row);
            }

            await db.Set<VersionRow>()
                .Where(v => v.Service == service && v.Version == version)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.FollowUpDue, false), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, service, version, e);
        }
    }

    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var due = await db.Set<VersionRow>().AsNoTracking()
            .Where(row => row.FollowUpDue)
            .OrderBy(row => row.CreatedAt)
            .Select(row => new { row.Service, row.Version })
            .ToListAsync(cancellation);
        foreach (var version in due)
            await VersionPublishedAsync(version.Service, version.Version, cancellation);
    }

    /// <summary>What comes late must not take a target back behind a newer version of the same branch.</summary>
    private static Task<bool> IsOvertakenAsync(SlipwayDb db, VersionRow version, CancellationToken cancellation) =>
        db.Set<VersionRow>().AnyAsync(other => other.Service == version.Service && other.Branch == version.Branch && other.CreatedAt > version.CreatedAt, cancellation);

    private async Task PrepareAheadAsync(SlipwayDb db, VersionRow version, List<TargetRow> targets, CancellationToken cancellation)
    {
        var definition = await db.Set<DefinitionRow>().AsNoTracking().FirstAsync(row => row.Service == version.Service && row.Revision == version.DefinitionRevision, cancellation);
        if (!definition.Definition.Prepare.Ahead || definition.Definition.Type != ServiceDefinition.Trigger)
            return;

        foreach (var target in targets)
        {
            var members = await fleet.MembersAsync(target.Id, cancellation);
            var config = await db.Set<ConfigRevisionRow>().Where(row => row.Service == target.Service && row.Environment == target.Environment).MaxAsync(row => (int?)row.Number, cancellation) ?? 0;
            await fleet.PrepareAsync(target.Id, [.. members.Select(member => member.Instance)], new(version.Version, config), "ahead", cancellation);
        }
    }

    private async Task DeployAsync(TargetRow target, VersionRow version)
    {
        var order = new DeploymentOrder
        {
            Id = RequestedId.Of(target.Id, version),
            By = "slipway",
            Automatic = true,
            Request = new()
            {
                Service = target.Service,
                Environment = target.Environment,
                Version = version.Version,
                Reason = $"new version of {target.AutoDeployBranch}",
            },
        };
        var answer = (await grains.GetGrain<ITargetGrain>(target.Id.Key).RequestAsync(EngineJson.Write(order))).To<Deployment>();
        if (!answer.Is(out _, out var refusal))
            LogRefused(logger, target.Id, version.Version, refusal.Detail);
    }

    [LoggerMessage(LogLevel.Information, "{Target}: {Version} is not deployed by itself: {Reason}")]
    private static partial void LogRefused(ILogger logger, TargetId target, VersionName version, string reason);

    [LoggerMessage(LogLevel.Error, "{Service} {Version} was published, but what should follow from it failed")]
    private static partial void LogFailed(ILogger logger, ServiceName service, VersionName version, Exception exception);
}
