using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Instances.Telling;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Instances.Converging;

internal sealed partial class Convergence(
    IDbContextFactory<SlipwayDb> databases,
    LiveFleet live,
    AssignmentStore assignments,
    ReleaseFactory releases,
    Teller teller,
    TargetSignals signals,
    ILogger<Convergence> log) : IConvergence
{
    public async Task RunAsync(TargetId target, CancellationToken cancellation)
    {
        if (await FindAsync(target, cancellation) is { Version: { } version } row)
        {
            var current = new FleetRelease(version, row.ConfigRevision);
            await AssignAsync(target, live.Members(target), current, assigned => ConvergenceRules.IsLeftBehind(assigned, current, row.RunningDeployment), cancellation);
        }
    }

    /// <summary>An instance has joined, returned or got a service: what it has nothing for, it gets.</summary>
    public async Task RunAsync(LiveInstance instance, CancellationToken cancellation)
    {
        foreach (var member in instance.Members)
        {
            if (ConvergenceRules.NeedsCurrent(member.State.Assigned) && await FindAsync(member.Target, cancellation) is { Version: { } version } row)
                await AssignAsync(member.Target, [member], new(version, row.ConfigRevision), ConvergenceRules.NeedsCurrent, cancellation);
        }
    }

    private async Task AssignAsync(
        TargetId target, IReadOnlyList<LiveMember> members, FleetRelease current, Func<Assignment, bool> applies, CancellationToken cancellation)
    {
        if (await releases.FindAsync(target, current, cancellation) is not { } release)
        {
            LogNoRelease(target, current.Version, current.ConfigRevision);
            return;
        }

        var assigned = await assignments.AssignAsync(members, current, ConvergenceRules.Cause, applies, cancellation);
        if (assigned is [])
            return;

        teller.Assign(assigned, current, release, ConvergenceRules.Cause);
        signals.Changed(target);
        LogConverged(assigned.Count, target, current.Version);
    }

    private async Task<TargetRow?> FindAsync(TargetId target, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<TargetRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Service == service && row.Environment == environment, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} instances of {Target} are brought to {Version}, which it runs.")]
    private partial void LogConverged(int count, TargetId target, VersionName version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} should run {Version} with config revision {ConfigRevision}, which is not here any more.")]
    private partial void LogNoRelease(TargetId target, VersionName version, int configRevision);
}
