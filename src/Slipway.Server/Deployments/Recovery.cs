using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Deployments;

/// <summary>Finds what should be moving and moves it: at once when the server is up, then every few seconds, whatever was lost.</summary>
internal sealed partial class Recovery(IDbContextFactory<SlipwayDb> databases, IGrainFactory grains, IConvergence convergence, IAutomaticDeployments automatic, TimeProvider time, ILogger<Recovery> logger) : BackgroundService
{
    private const int AtATime = 64;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(ConvergeAsync, stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await LookAsync(stoppingToken);
            await TryAsync(automatic.CatchUpAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Everything that is open looks where it stands. Trouble is logged: the next regular look finds what was missed.</summary>
    public Task LookAsync(CancellationToken cancellation) => TryAsync(WakeAllAsync, cancellation);

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(logger, e);
        }
    }

    /// <summary>A deployment may have ended the moment before the server did: what should follow from its end follows now.</summary>
    private async Task ConvergeAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var idle = await db.Set<TargetRow>().AsNoTracking()
            .Where(target => target.Version != null && target.RunningDeployment == null)
            .Select(target => new
            {
                target.Service,
                target.Environment,
                Last = db.Set<DeploymentRow>()
                    .Where(row => row.Service == target.Service && row.Environment == target.Environment && row.FinishedAt != null)
                    .OrderByDescending(row => row.FinishedAt)
                    .Select(row => (DeploymentStatus?)row.Status)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellation);
        foreach (var target in idle.Where(target => target.Last != DeploymentStatus.Failed))
            await convergence.RunAsync(new(target.Service, target.Environment), cancellation);
    }

    private async Task WakeAllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var open = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Status == DeploymentStatus.Queued || row.Status == DeploymentStatus.Running)
            .Select(row => new { row.Id, row.Service, row.Environment })
            .ToListAsync(cancellation);
        // One that takes long, or whose node is just going, keeps nobody else waiting.
        var many = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation };
        await Parallel.ForEachAsync(
            open.Select(row => new Contracts.Ids.TargetId(row.Service, row.Environment)).Distinct(),
            many,
            async (target, _) => await TryAsync(_ => grains.GetGrain<ITargetGrain>(target.Key).AdvanceAsync(), cancellation));
        await Parallel.ForEachAsync(
            open,
            many,
            async (deployment, _) => await TryAsync(_ => grains.GetGrain<IDeploymentGrain>(deployment.Id.Value).WakeAsync(), cancellation));
    }

    [LoggerMessage(LogLevel.Error, "Could not look for deployments to go on with; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
