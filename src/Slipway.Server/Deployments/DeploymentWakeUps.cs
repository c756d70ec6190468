using System.Collections.Concurrent;
using Slipway.Contracts.Ids;
using Slipway.Server.Targets;

namespace Slipway.Server.Deployments;

/// <summary>Passes wake-ups on to the target's grain, at most one at a time for each target: ten thousand reports become a few calls.</summary>
internal sealed partial class DeploymentWakeUps(IGrainFactory grains, ILogger<DeploymentWakeUps> logger) : IDeploymentWakeUps
{
    private readonly ConcurrentDictionary<TargetId, byte> waiting = [];

    public void InstancesChanged(TargetId target)
    {
        if (waiting.TryAdd(target, 0))
            _ = PassAsync(target);
    }

    private async Task PassAsync(TargetId target)
    {
        await Task.Yield();
        waiting.TryRemove(target, out _);
        try
        {
            await grains.GetGrain<ITargetGrain>(target.Key).InstancesChangedAsync();
        }
        catch (Exception e)
        {
            // The deployment looks again by itself within seconds.
            LogNotPassed(logger, target, e);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Target}: wake-up not passed on")]
    private static partial void LogNotPassed(ILogger logger, TargetId target, Exception exception);
}
