using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>
/// The record of what was done and refused, and when tokens were last used. Written behind the requests, many entries at a time.
/// Bounded everywhere: the queue, refusals in a minute, and how long entries are kept.
/// </summary>
internal sealed partial class Ledger(IDbContextFactory<SlipwayDb> databases, TimeProvider clock, ILogger<Ledger> log) : BackgroundService
{
    public const string Nobody = "anonymous";
    private static readonly TimeSpan KeepAnonymous = TimeSpan.FromDays(30);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(400);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private const int BatchSize = 500;

    private readonly Channel<object> queue = Channel.CreateBounded<object>(new BoundedChannelOptions(8_192) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly RefusalLimit refusals = new();
    private DateTimeOffset pruned = DateTimeOffset.MinValue;
    private int lost;

    public void Record(AuditRow row)
    {
        if (row.Status < 400 || refusals.Admit(row))
            Enqueue(row);
    }

    public void TokenUsed(string id, DateTimeOffset time) => Enqueue(new TokenUse(id, time));

    /// <summary>Everything recorded so far is in the database afterwards.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.Writer.WriteAsync(done, cancellation);
        await done.Task.WaitAsync(cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends when the queue is completed, not when the server is told to stop: what was done is written first.
        var open = true;
        while (open)
        {
            try
            {
                open = await WaitAsync();
                await WriteAsync(Batch(last: !open));
                await PruneAsync();
            }
            catch (Exception e)
            {
                LogNotWritten(e);
            }
        }
    }

    private void Enqueue(object entry)
    {
        if (!queue.Writer.TryWrite(entry))
            Interlocked.Increment(ref lost);
    }

    private async Task<bool> WaitAsync()
    {
        using var wait = new CancellationTokenSource(LongestWait);
        try
        {
            return await queue.Reader.WaitToReadAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private List<object> Batch(bool last)
    {
        List<object> batch = [.. refusals.Summaries(clock.GetUtcNow(), all: last)];
        while (batch.Count < BatchSize && queue.Reader.TryRead(out var entry))
            batch.Add(entry);
        return batch;
    }

    private async Task WriteAsync(List<object> batch)
    {
        try
        {
            if (batch.Any(entry => entry is AuditRow or TokenUse))
                await SaveAsync(batch);
        }
        finally
        {
            foreach (var done in batch.OfType<TaskCompletionSource>())
                done.TrySetResult();
        }

        if (Interlocked.Exchange(ref lost, 0) is > 0 and var count)
            LogLost(count);
    }

    private async Task SaveAsync(List<object> batch)
    {
        await using var db = await databases.CreateDbContextAsync();
        db.AddRange(batch.OfType<AuditRow>());
        var uses = batch.OfType<TokenUse>().GroupBy(use => use.Id).ToDictionary(group => group.Key, group => group.Max(use => use.Time));
        if (uses.Count > 0)
        {
            var ids = uses.Keys.ToList();
            foreach (var token in await db.Set<TokenRow>().Where(row => ids.Contains(row.Id)).ToListAsync())
                token.LastUsedAt = uses[token.Id];
        }

        await db.SaveChangesAsync();
    }

    private async Task PruneAsync()
    {
        var now = clock.GetUtcNow();
        if (now - pruned < TimeSpan.FromHours(6))
            return;

        pruned = now;
        await using var db = await databases.CreateDbContextAsync();
        var (anonymous, any) = (now - KeepAnonymous, now - Keep);
        await db.Set<AuditRow>().Where(row => row.Time < any || (row.Actor == Nobody && row.Time < anonymous)).ExecuteDeleteAsync();
    }

    private sealed record TokenUse(string Id, DateTimeOffset Time);
}
