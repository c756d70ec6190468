using Microsoft.EntityFrameworkCore;
using Prometheus;
using Slipway.Contracts.Deployments;
using Slipway.Server.Deployments;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Persistence;

namespace Slipway.Server.Telemetry;

/// <summary>What there is at the moment of a scrape. The database is asked at most every few seconds, however often somebody scrapes.</summary>
internal sealed partial class ScrapedGauges(IMetricFactory metrics, IDbContextFactory<SlipwayDb> databases, LiveFleet fleet, StatusWriter writer, TimeProvider time, ILogger<ScrapedGauges> log)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly DeploymentStatus[] Open = [DeploymentStatus.Queued, DeploymentStatus.Running, DeploymentStatus.Paused];

    private readonly Gauge deployments = metrics.CreateGauge("slipway_deployments", "Deployments that have not ended, by state.", ["state"]);
    private readonly Gauge queue = metrics.CreateGauge("slipway_deployment_queue_length", "Deployments that wait for another one of their target.");
    private readonly Gauge instances = metrics.CreateGauge("slipway_instances", "Instances that have joined and were not revoked.", ["transport"]);
    private readonly Gauge connected = metrics.CreateGauge("slipway_agents_connected", "Agents that are in touch with this server.", ["transport"]);
    private readonly Gauge backlog = metrics.CreateGauge("slipway_status_write_backlog", "Words of agents that are not written to the database yet.");
    private long? lookedAt;

    public void Attach(CollectorRegistry registry) => registry.AddBeforeCollectCallback(UpdateAsync);

    private async Task UpdateAsync(CancellationToken cancellation)
    {
        Count(instances, static _ => true);
        Count(connected, static instance => instance.IsConnected);
        backlog.Set(writer.Backlog);
        if (lookedAt is { } before && time.GetElapsedTime(before) < Freshness)
            return;

        lookedAt = time.GetTimestamp();
        try
        {
            await ReadAsync(cancellation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Everything else is still worth showing, and just now more than ever.
            LogNotRead(e);
        }
    }

    private void Count(Gauge gauge, Func<LiveInstance, bool> counts)
    {
        var (direct, aws) = (0, 0);
        foreach (var instance in fleet.Instances)
        {
            if (!counts(instance))
                continue;

            if (instance.Facts.Transport == Transport.Aws)
                aws++;
            else
                direct++;
        }

        gauge.WithLabels("direct").Set(direct);
        gauge.WithLabels("aws").Set(aws);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestWait);
        await using var db = await databases.CreateDbContextAsync(limit.Token);
        var counts = await db.Set<DeploymentRow>()
            .Where(row => Open.Contains(row.Status))
            .GroupBy(row => row.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, limit.Token);
        foreach (var status in Open)
            deployments.WithLabels(DeploymentMetrics.Name(status)).Set(counts.GetValueOrDefault(status));

        queue.Set(counts.GetValueOrDefault(DeploymentStatus.Queued));
    }

    [LoggerMessage(LogLevel.Warning, "Metrics: the database could not say how many deployments there are")]
    private partial void LogNotRead(Exception exception);
}
