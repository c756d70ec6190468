using System.Collections.Concurrent;
using System.Threading.Channels;
using Slipway.Contracts.Ids;
using Slipway.Server.Changes;
using Slipway.Server.Deployments;

namespace Slipway.Server.Instances.Live;

/// <summary>
/// Tells deployments and readers of the stream of changes that something changed on instances: at once for the first change of a target, and once for all that follow within moments.
/// </summary>
internal sealed partial class TargetSignals(IServiceProvider services, ChangeSignals changes, ILogger<TargetSignals> log) : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);
    private readonly ConcurrentDictionary<TargetId, byte> changed = new();
    private readonly Channel<TargetId> queue = Channel.CreateUnbounded<TargetId>(new() { SingleReader = true });

    public void Changed(TargetId target)
    {
        if (changed.TryAdd(target, 0))
            queue.Writer.TryWrite(target);
    }

    public void Changed(LiveInstance instance)
    {
        foreach (var member in instance.Members)
            Changed(member.Target);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Resolved here and not injected: deployments need the fleet, and the fleet only tells them.
        var wakeUps = services.GetService<IDeploymentWakeUps>();
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            while (queue.Reader.TryRead(out var target))
            {
                changed.TryRemove(target, out _);
                changes.Target(target);
                Tell(wakeUps, target);
            }

            await Task.Delay(Moment, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(IDeploymentWakeUps? wakeUps, TargetId target)
    {
        try
        {
            wakeUps?.InstancesChanged(target);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotTold(e, target);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The deployments of {Target} could not be told that an instance changed.")]
    private partial void LogNotTold(Exception exception, TargetId target);
}
