using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Cluster;

/// <summary>
/// Beats in the database once a second. Whoever could not for <see cref="Held"/> stops acting; whoever sees another's beat stand still for
/// <see cref="TakenOver"/>, while its own went on all the time, has it declared dead, so that its work goes on elsewhere. The second is longer than the first by
/// more than what a beat takes, and only durations of this process' own clock are compared.
/// </summary>
/// <remarks>Lease-based fencing as in Gray and Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism" (SOSP 1989), without synchronised clocks.</remarks>
internal sealed partial class NodeLease(
    IDbContextFactory<SlipwayDb> databases, NodeIdentity identity, IClusterMembershipService membership, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<NodeLease> log)
    : BackgroundService, ILease
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(6);

    private readonly Dictionary<string, (long Beat, long Since)> others = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private CancellationTokenSource? held;
    private volatile string trouble = "The database has not answered yet.";
    private long lastBeat;
    private long steadySince;

    public bool IsHeld => Volatile.Read(ref lastBeat) is > 0 and var last && time.GetElapsedTime(last) < Held;

    public string? WhyNot => IsHeld ? null : trouble;

    /// <summary>A second more than the others wait.</summary>
    public bool IsSurelyOver => Volatile.Read(ref lastBeat) is > 0 and var last && time.GetElapsedTime(last) > TakenOver + Interval;

    public CancellationToken Token
    {
        get
        {
            lock (gate)
                return held?.Token ?? new CancellationToken(canceled: true);
        }
    }

    public override void Dispose()
    {
        held?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(Held);
                if (await BeatAsync(limit.Token) is { } rows)
                    await JudgeAsync(rows, began);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                trouble = DatabaseTroubles.Explain(e);
                LogNoBeat(e.Message);
            }

            EndIfOver();
            await Task.Delay(IsHeld ? Interval : WhileWaiting, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null: this node is not a member yet, or not any more.</summary>
    private async Task<List<NodeRow>?> BeatAsync(CancellationToken cancellation)
    {
        var (name, dead) = (identity.Name, nameof(SiloStatus.Dead));
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var mine = db.Set<NodeRow>().Where(row => row.Name == name && row.Status != dead);
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(row => row.Beat, row => row.Beat + 1), cancellation) == 0)
        {
            await EndIfDeadAsync(db, name, cancellation);
            return null;
        }

        // One that is still joining has no work that could be taken over, and may be slow because its machine is.
        var active = nameof(SiloStatus.Active);
        return await db.Set<NodeRow>().AsNoTracking().Where(row => row.Name != name && row.Status == active).ToListAsync(cancellation);
    }

    private async Task EndIfDeadAsync(SlipwayDb db, string name, CancellationToken cancellation)
    {
        // No row at all: it is not a member yet.
        var dead = nameof(SiloStatus.Dead);
        if (!await db.Set<NodeRow>().AnyAsync(row => row.Name == name && row.Status == dead, cancellation) || lifetime.ApplicationStopping.IsCancellationRequested)
            return;

        LogDeclaredDead(name);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task JudgeAsync(List<NodeRow> rows, long began)
    {
        // Counted from before it was asked: what was true when the database answered may be over when the answer arrives.
        var before = Interlocked.Exchange(ref lastBeat, began);
        if (before == 0 || time.GetElapsedTime(before, began) >= Held)
        {
            steadySince = began;
            others.Clear();
        }

        lock (gate)
        {
            if (held is null or { IsCancellationRequested: true })
                held = new();
        }

        foreach (var row in rows)
        {
            if (!others.TryGetValue(row.Silo, out var known) || known.Beat != row.Beat)
                others[row.Silo] = (row.Beat, began);
            else if (time.GetElapsedTime(known.Since, began) >= TakenOver && time.GetElapsedTime(steadySince, began) >= TakenOver)
                await DeclareDeadAsync(row);
        }

        foreach (var gone in others.Keys.Except(rows.Select(row => row.Silo)).ToList())
            others.Remove(gone);
    }

    private async Task DeclareDeadAsync(NodeRow row)
    {
        LogLost(row.Name, row.HostName);
        others.Remove(row.Silo);
        await membership.TryKill(SiloAddress.FromParsableString(row.Silo));
    }

    private void EndIfOver()
    {
        if (IsHeld)
            return;

        CancellationTokenSource? ended;
        lock (gate)
        {
            ended = held;
            held = null;
        }

        if (ended is null)
            return;

        LogLeaseOver();
        ended.Cancel();
        ended.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not be told that this node is alive: {Reason}")]
    private partial void LogNoBeat(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database has not answered for too long: this node stops acting until it does.")]
    private partial void LogLeaseOver();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} on {Host} does not reach the database any more; the others take over what it did.")]
    private partial void LogLost(string node, string host);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The other nodes have taken {Node} for dead and do its work: it stops. Started again, it is a new node.")]
    private partial void LogDeclaredDead(string node);
}
