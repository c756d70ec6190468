using System.Collections.Concurrent;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Observing;
using Slipway.Server.Cluster;

namespace Slipway.Server.Targets.Observing;

/// <summary>Looks at targets whose instances Slipway does not run itself: often while they change, now and then at rest, so many at a time.</summary>
internal sealed partial class Observer(ObservedTargets targets, Observations observations, OutsideDeployments outside, ICluster cluster, TimeProvider clock, ILogger<Observer> log) : BackgroundService
{
    private const int AtATime = 8;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<TargetId, (DateTimeOffset Due, bool Busy)> due = [];

    /// <summary>Looks at everything that is due, once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = (await targets.FindAsync(cancellation)).Where(row => IsDue(row, now)).ToList();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, async (row, token) => await LookAsync(row, token));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (cluster.IsLead)
                    await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogTrouble(e);
            }
        }
    }

    /// <summary>A deployment that has begun or ended since makes it worth looking at once.</summary>
    private bool IsDue(TargetRow row, DateTimeOffset now) =>
        !due.TryGetValue(row.Id, out var known) || known.Due <= now || known.Busy != row.RunningDeployment is not null;

    private async Task LookAsync(TargetRow row, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(LongestLook);
        var next = AfterTrouble;
        try
        {
            if (await targets.RequestAsync(row, clock.GetUtcNow(), timeout.Token) is not { } request)
                return;

            var seen = await request.Type.ObserveAsync(request.Request, timeout.Token);
            next = seen.NextIn;
            await observations.SaveAsync(row.Id, before => Seen(seen, before), timeout.Token);
            await outside.RecordAsync(row, seen.OutsideRuns, timeout.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNotSeen(row.Id, e.Message);
            await observations.SaveAsync(row.Id, before => (before ?? new()) with { Trouble = e.Message }, cancellation);
        }
        finally
        {
            due[row.Id] = (clock.GetUtcNow() + Spread(row.Id, next), row.RunningDeployment is not null);
        }
    }

    private InstanceGroups Seen(TargetObservation seen, InstanceGroups? before)
    {
        var now = new InstanceGroups { ObservedAt = clock.GetUtcNow(), Drift = seen.Drift, Groups = seen.Groups };
        return GroupCounts.AreHealthy(now) ? now with { HealthySince = before?.HealthySince ?? now.ObservedAt } : now;
    }

    /// <summary>Between 0.85 and 1.15 of it, so that thousands of targets do not ask in the same second.</summary>
    private static TimeSpan Spread(TargetId target, TimeSpan time) =>
        time * (0.85 + (0.3 * ((uint)StringComparer.Ordinal.GetHashCode(target.Key) % 1000 / 1000.0)));

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Target} could not be looked at: {Reason}")]
    private partial void LogNotSeen(TargetId target, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Targets could not be looked at; trying again")]
    private partial void LogTrouble(Exception exception);
}
