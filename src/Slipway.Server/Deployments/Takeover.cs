using Slipway.Server.Cluster;

namespace Slipway.Server.Deployments;

/// <summary>When a node is gone, what it worked on goes on elsewhere at once.</summary>
internal sealed class Takeover(ICluster cluster, Recovery recovery) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cluster.Changed += Changed;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        cluster.Changed -= Changed;
        return Task.CompletedTask;
    }

    private void Changed() => _ = recovery.LookAsync(CancellationToken.None);
}
