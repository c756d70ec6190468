using System.Collections.Concurrent;
using Slipway.Contracts.Ids;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Nodes;

/// <summary>
/// Keeps the live view right where other nodes have changed rows: those that bulletins name are read again, in batches. What this node writes itself is in memory when it
/// is committed; reading takes turns with that, so that nothing newer is ever replaced.
/// </summary>
internal sealed partial class FleetSync(FleetReader reader, FleetTurns turns, FleetMerge merge, ICluster cluster, TimeProvider time, ILogger<FleetSync> log) : BackgroundService, IBulletinReader
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<InstanceName, byte> changed = new();
    private readonly SemaphoreSlim something = new(0, 1);
    private volatile bool all;
    private volatile bool nodesChanged;

    public void Read(Bulletin kind, IReadOnlyList<string> names)
    {
        if (kind != Bulletin.Instances)
            return;

        foreach (var name in names)
        {
            if (InstanceName.TryParse(name, out var instance))
                changed.TryAdd(instance, 0);
        }

        Wake();
    }

    public void ReadAll()
    {
        all = true;
        Wake();
    }

    /// <summary>Reads one instance now: another node may have changed it a moment ago.</summary>
    public Task ReadNowAsync(InstanceName instance, CancellationToken cancellation) => ReadAsync([instance], cancellation);

    public override void Dispose()
    {
        something.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        cluster.Changed += NodesChanged;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await something.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await CatchUpAsync(stoppingToken);
            }
        }
        finally
        {
            cluster.Changed -= NodesChanged;
        }
    }

    private void NodesChanged()
    {
        nodesChanged = true;
        Wake();
    }

    private void Wake()
    {
        try
        {
            something.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            if (nodesChanged)
            {
                nodesChanged = false;
                merge.NodesChanged();
            }

            if (all)
            {
                all = false;
                await ReadAsync(names: null, cancellation);
            }

            while (changed.Keys.Take(BatchSize).ToList() is { Count: > 0 } names)
            {
                foreach (var name in names)
                    changed.TryRemove(name, out _);

                await ReadOrRememberAsync(names, cancellation);
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNotRead(e.Message);
            all = true;
            await Task.Delay(PauseAfterTrouble, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Wake();
        }
    }

    private async Task ReadOrRememberAsync(List<InstanceName> names, CancellationToken cancellation)
    {
        try
        {
            await ReadAsync(names, cancellation);
        }
        catch
        {
            foreach (var name in names)
                changed.TryAdd(name, 0);

            throw;
        }
    }

    private async Task ReadAsync(IReadOnlyList<InstanceName>? names, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(cancellation);
        foreach (var stored in await reader.ReadAsync(names, cancellation))
            merge.Take(stored);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What other nodes changed of instances could not be read; everything is read again: {Reason}")]
    private partial void LogNotRead(string reason);
}
