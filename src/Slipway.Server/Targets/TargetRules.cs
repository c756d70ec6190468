using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Versions;

namespace Slipway.Server.Targets;

/// <summary>What the facts of a deployment mean for its target.</summary>
internal static class TargetRules
{
    public static bool Concerns(DeploymentFact fact) => fact is Created or Started or Finished;

    public static async Task ApplyAsync(SlipwayDb db, TargetRow target, DeploymentState state, DeploymentFact fact, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (fact)
        {
            case Created:
                Queue(target, state);
                break;
            case Started:
                Start(target, state);
                break;
            case Finished finished:
                Leave(target, state);

                // What should run is what ran before, whether or not all of it was restarted.
                if (state.Request.IsRestart)
                    break;

                if (finished.Status == DeploymentStatus.Succeeded)
                    await SucceedAsync(db, target, state, now, cancellation);
                else if (finished.Status == DeploymentStatus.RolledBack)
                    await TakeBackAsync(db, target, state, now, cancellation);

                break;
        }
    }

    /// <summary>One waits at most: of two that were asked for at the same moment, on two nodes, the later writer has to look again.</summary>
    private static void Queue(TargetRow target, DeploymentState state)
    {
        if (target.QueuedDeployment is { } other && other != state.Id)
            throw new StaleWriterException(state.Id);

        target.QueuedDeployment = state.Id;
    }

    /// <summary>One runs at most; who read the target before another one started has to look again.</summary>
    private static void Start(TargetRow target, DeploymentState state)
    {
        if (target.RunningDeployment is { } other && other != state.Id)
            throw new StaleWriterException(state.Id);

        // Restarting what ran when somebody looked must not bring it back after another deployment.
        var release = state.Request.Release;
        if (state.Request.IsRestart && (target.Version != release.Version || target.ConfigRevision != release.ConfigRevision))
            throw new StaleWriterException(state.Id);

        if (target.QueuedDeployment == state.Id)
            target.QueuedDeployment = null;

        target.RunningDeployment = state.Id;
        if (!state.Request.Automatic && !state.Request.IsRestart)
            target.Hold = null;
    }

    private static void Leave(TargetRow target, DeploymentState state)
    {
        if (target.QueuedDeployment == state.Id)
            target.QueuedDeployment = null;

        if (target.RunningDeployment == state.Id)
            target.RunningDeployment = null;
    }

    private static async Task SucceedAsync(SlipwayDb db, TargetRow target, DeploymentState state, DateTimeOffset now, CancellationToken cancellation)
    {
        var (replaced, replacedConfig) = (target.Version, target.ConfigRevision);
        var release = state.Request.Release;
        var isChange = replaced != release.Version || replacedConfig != release.ConfigRevision;
        target.Version = release.Version;
        target.ConfigRevision = release.ConfigRevision;
        target.DeployedAt = now;
        target.DeployedBy = state.Request.CreatedBy;
        target.Deployment = state.Id;
        if (state.Request.IsRollback)
        {
            target.Hold = new() { Reason = $"Taken back to {release.Version}{(state.Request.Reason is { } why ? ": " + why : "")}", PlacedBy = state.Request.CreatedBy, PlacedAt = now };
            if (replaced is { } bad && bad != release.Version)
                await MarkBadAsync(db, target, bad, $"taken back by {state.Request.CreatedBy} in {target.Environment} ({state.Id})", cancellation);

            (target.PreviousVersion, target.PreviousConfigRevision) = await EarlierGoodAsync(db, target, replaced, cancellation);
        }
        else if (isChange && replaced is not null)
        {
            (target.PreviousVersion, target.PreviousConfigRevision) = (replaced, replacedConfig);
        }
    }

    private static async Task TakeBackAsync(SlipwayDb db, TargetRow target, DeploymentState state, DateTimeOffset now, CancellationToken cancellation)
    {
        var reason = state.Failure?.Reason ?? "taken back while it ran";
        target.Hold = new() { Reason = $"{state.Request.Release.Version} was rolled back ({state.Id}): {reason}", PlacedBy = "slipway", PlacedAt = now };
        if (state.Request.Release.Version != target.Version)
            await MarkBadAsync(db, target, state.Request.Release.Version, $"rolled back in {target.Environment} ({state.Id}): {reason}", cancellation);
    }

    private static async Task MarkBadAsync(SlipwayDb db, TargetRow target, VersionName version, string because, CancellationToken cancellation)
    {
        if (await db.Set<VersionRow>().FindAsync([target.Service, version], cancellation) is { } row)
            row.BadBecause = because;
    }

    /// <summary>The newest version that ran here successfully, is another than the current one and is not known to be bad.</summary>
    private static async Task<(VersionName? Version, int ConfigRevision)> EarlierGoodAsync(SlipwayDb db, TargetRow target, VersionName? replaced, CancellationToken cancellation)
    {
        var good = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Service == target.Service && row.Environment == target.Environment && row.Status == DeploymentStatus.Succeeded && row.Version != target.Version && row.Version != replaced)
            .Join(
                db.Set<VersionRow>().Where(row => row.Service == target.Service && row.BadBecause == null),
                row => row.Version,
                row => row.Version,
                (row, _) => new { row.Version, row.ConfigRevision, row.FinishedAt })
            .OrderByDescending(row => row.FinishedAt)
            .FirstOrDefaultAsync(cancellation);
        return good is null ? (null, 0) : (good.Version, good.ConfigRevision);
    }
}
