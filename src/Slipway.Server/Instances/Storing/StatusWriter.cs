using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;
using Slipway.Server.Persistence.Sqlite;

namespace Slipway.Server.Instances.Storing;

/// <summary>
/// Writes what agents said behind the live view: whatever has come together while the last batch was being written is the next one.
/// Only the newest word of each counts, so a flood of messages costs no more rows than there are services on instances.
/// </summary>
internal sealed partial class StatusWriter(IDbContextFactory<SlipwayDb> databases, SqliteWrites writes, TimeProvider time, ILogger<StatusWriter> log)
    : BackgroundService
{
    /// <summary>Small enough that other writers never wait long.</summary>
    private const int BatchSize = 2000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<LiveMember> statuses = new();
    private readonly ConcurrentQueue<LiveInstance> seen = new();
    private readonly SemaphoreSlim something = new(0, 1);

    public void Write(LiveMember member)
    {
        if (!member.BeginWrite())
            return;

        statuses.Enqueue(member);
        Wake();
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
            var members = Take(statuses);
            try
            {
                foreach (var member in members)
                    member.EndWrite();

                await WriteAsync(members, Take(seen));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogNotWritten(e, members.Count);
                foreach (var member in members)
                    Write(member);

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
        await using var db = await databases.CreateDbContextAsync();
        using var turn = await writes.TurnAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using (var upsert = new BatchStatement(db, transaction, UpsertStatus, "instance", "service", "status", "running", "state", "now"))
        {
            foreach (var member in members)
            {
                if (member.State.Reported is not { } status)
                    continue;

                var running = status.RunningVersion is { Length: > 0 } version ? version : null;
                await upsert.ExecuteAsync(member.Instance.Name.Value, member.Service.Value, status.ToByteArray(), running, StateNames.Of(status.State), now);
            }
        }

        await using (var update = new BatchStatement(db, transaction, UpdateSeen, "seen", "agent", "instance"))
        {
            foreach (var instance in instances)
                await update.ExecuteAsync(instance.LastSeenAt?.ToUnixTimeMilliseconds(), instance.Facts.AgentVersion, instance.Name.Value);
        }

        await transaction.CommitAsync();
    }

    private const string UpsertStatus = """
        INSERT INTO instance_status ("Instance", "Service", "Status", "RunningVersion", "State", "UpdatedAt")
        VALUES (@instance, @service, @status, @running, @state, @now)
        ON CONFLICT ("Instance", "Service") DO UPDATE SET
            "Status" = excluded."Status", "RunningVersion" = excluded."RunningVersion", "State" = excluded."State", "UpdatedAt" = excluded."UpdatedAt"
        """;

    private const string UpdateSeen = """UPDATE instances SET "LastSeenAt" = @seen, "AgentVersion" = @agent WHERE "Name" = @instance""";

    [LoggerMessage(Level = LogLevel.Error, Message = "The last words of {Count} services on instances could not be written; they are tried again.")]
    private partial void LogNotWritten(Exception exception, int count);
}
