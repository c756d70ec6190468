using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>
/// Writes what agents said behind the live view: whatever has come together while the last batch was being written is the next one.
/// Only the newest word of each counts, so a flood of messages costs no more rows than there are services on instances.
/// </summary>
internal sealed partial class StatusWriter(
    IDbContextFactory<SlipwayDb> databases, IDatabase database, IStatusRows rows, StatusTurn statusTurns, TimeProvider time, ILogger<StatusWriter> log)
    : BackgroundService
{
    /// <summary>Small enough that other writers never wait long.</summary>
    private const int BatchSize = 2000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<LiveMember> statuses = new();
    private readonly ConcurrentQueue<LiveInstance> seen = new();
    private readonly SemaphoreSlim something = new(0, 1);

    /// <summary>What is not written yet.</summary>
    public int Backlog => statuses.Count + seen.Count;

    public void Write(LiveMember member)
    {
        if (!member.BeginWrite())
            return;

        statuses.Enqueue(member);
        Wake();
    }

    /// <summary>What only other nodes have to read.</summary>
    public void WriteForOthers(LiveMember member)
    {
        if (database.IsShared)
            Write(member);
    }

    public void WriteForOthers(LiveInstance instance)
    {
        if (database.IsShared)
            Write(instance);
    }

    /// <summary>Its last contact and its agent's version.</summary>
    public void Write(LiveInstance instance)
    {
        seen.Enqueue(instance);
        Wake();
    }

    public override void Dispose()
    {
        something.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await something.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAllAsync();
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await WriteAllAsync();
    }

    private void Wake()
    {
        if (something.CurrentCount > 0)
            return;

        try
        {
            something.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in the same moment.
        }
    }

    private async Task WriteAllAsync()
    {
        while (!statuses.IsEmpty || !seen.IsEmpty)
        {
            var (members, instances) = (Take(statuses), Take(seen));
            try
            {
                foreach (var member in members)
                    member.EndWrite();

                await WriteAsync(members, instances);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogNotWritten(e, members.Count);
                foreach (var member in members)
                    Write(member);

                foreach (var instance in instances)
                    Write(instance);

                await Task.Delay(PauseAfterTrouble);
                return;
            }
        }
    }

    private static List<T> Take<T>(ConcurrentQueue<T> queue)
    {
        var taken = new List<T>();
        while (taken.Count < BatchSize && queue.TryDequeue(out var next))
            taken.Add(next);

        return taken;
    }

    private async Task WriteAsync(List<LiveMember> members, List<LiveInstance> instances)
    {
        using var statusTurn = await statusTurns.TakeAsync(CancellationToken.None);
        await using var db = await databases.CreateDbContextAsync();
        using var turn = await database.WriteTurnAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var batch = new StatusBatch(members, instances, time.GetUtcNow());
        await rows.WriteAsync(db, transaction, batch);
        await transaction.CommitAsync();
        batch.Written();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The last words of {Count} services on instances could not be written; they are tried again.")]
    private partial void LogNotWritten(Exception exception, int count);
}
