using Slipway.Server.Cluster;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Has every deployment that is still to be judged looked at, also after a restart and after its end.</summary>
internal sealed partial class VerdictLoop(VerdictStore store, IGrainFactory grains, ICluster cluster, TimeProvider time, ILogger<VerdictLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (cluster.IsLead)
                    await GoOnAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    private async Task GoOnAsync(CancellationToken cancellation)
    {
        foreach (var deployment in await store.OpenAsync(cancellation))
            await grains.GetGrain<IVerdictGrain>(deployment.Value).GoOnAsync();
    }

    [LoggerMessage(LogLevel.Error, "Could not look for deployments to judge; trying again")]
    private partial void LogFailed(Exception exception);
}
