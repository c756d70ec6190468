using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Changes;

/// <summary>
/// Tells every reader what changed. New events are read from the database once for all readers, so that a thousand of them cost as much as one;
/// without a reader nothing is read at all.
/// </summary>
internal sealed partial class ChangeFeed(IDbContextFactory<SlipwayDb> databases, ChangeSignals signals, EventLag lag, ILogger<ChangeFeed> log) : BackgroundService
{
    private const int Batch = 500;

    /// <summary>Of a burst the first is told at once, what follows within this time together.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>How late a change on another node may be seen.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChangeReader, byte> readers = [];
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<DeploymentId, TargetId> known = [];

    /// <summary>The last event that was read. Null: nobody listened, so it has to be looked up.</summary>
    private long? position;

    /// <summary>What happens from now on is offered to the reader. Answers the last event there is.</summary>
    public async Task<long> SubscribeAsync(ChangeReader reader, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var last = await LastAsync(cancellation);
            position ??= last;
            readers.TryAdd(reader, 0);
            return last;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Unsubscribe(ChangeReader reader) => readers.TryRemove(reader, out _);

    /// <summary>The next events after this one, for a reader that comes back or was too slow.</summary>
    public async Task<IReadOnlyList<EventFrame>> ReadAsync(long after, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<EventRow>().AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(Batch).ToListAsync(cancellation);
        return [.. rows.Select(row => new EventFrame(row))];
    }

    public async Task<long> LastAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<EventRow>().MaxAsync(row => (long?)row.Id, cancellation) ?? 0;
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await signals.WaitAsync(Patience, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var changes = signals.Take();
            var pause = Moment;
            try
            {
                await TellAsync(changes, stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
                changes.Events = true;
                signals.Rows(changes);
                pause = PauseAfterTrouble;
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(RawChanges changes, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (readers.IsEmpty)
            {
                position = null;
                return;
            }

            IReadOnlyList<EventFrame> events;
            do
            {
                events = await ReadAsync(position!.Value, cancellation);
                position = events is [] ? position : events[^1].Id;
                Offer(new() { Events = events });
                foreach (var told in events)
                    lag.Offered(told.Time);
            }
            while (events.Count == Batch);
            Offer(await ResolveAsync(changes, cancellation));
        }
        finally
        {
            turn.Release();
        }
    }

    private void Offer(ChangeBatch batch)
    {
        if (batch.IsEmpty)
            return;

        foreach (var (reader, _) in readers)
            reader.Offer(batch);
    }

    private async Task<ChangeBatch> ResolveAsync(RawChanges changes, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        HashSet<TargetId> targets = [.. changes.Targets];
        if (changes.Services.Count > 0)
        {
            var services = changes.Services.ToList();
            var rows = await db.Set<TargetRow>().AsNoTracking().Where(row => services.Contains(row.Service)).Select(row => new { row.Service, row.Environment }).ToListAsync(cancellation);
            targets.UnionWith(rows.Select(row => new TargetId(row.Service, row.Environment)));
        }

        return new()
        {
            AllTargets = changes.AllTargets,
            Targets = targets,
            Progress = await TargetsOfAsync(db, changes.Progress, cancellation),
            Kinds = changes.Kinds,
        };
    }

    /// <summary>A deployment never changes its target, so one look is enough.</summary>
    private async Task<IReadOnlyCollection<(DeploymentId, TargetId)>> TargetsOfAsync(SlipwayDb db, HashSet<DeploymentId> deployments, CancellationToken cancellation)
    {
        const int mostKnown = 10_000;
        if (known.Count > mostKnown)
            known.Clear();

        var unknown = deployments.Where(deployment => !known.ContainsKey(deployment)).ToList();
        if (unknown.Count > 0)
        {
            var rows = await db.Set<DeploymentRow>().AsNoTracking().Where(row => unknown.Contains(row.Id)).Select(row => new { row.Id, row.Service, row.Environment }).ToListAsync(cancellation);
            foreach (var row in rows)
                known[row.Id] = new(row.Service, row.Environment);
        }

        return [.. deployments.Where(known.ContainsKey).Select(deployment => (deployment, known[deployment]))];
    }

    [LoggerMessage(LogLevel.Error, "Readers of the stream of changes could not be told; trying again")]
    private partial void LogFailed(Exception exception);
}
