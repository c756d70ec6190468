using Slipway.Cli.Running;
using Slipway.Client;
using Slipway.Client.Deployments;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Watching;

/// <summary>Watches a deployment until it is finished and says how it ended.</summary>
internal static class DeploymentWatch
{
    /// <param name="call">The command's run.</param>
    /// <param name="start">The deployment as it is now.</param>
    /// <param name="takingBack">True: a rollback was asked for. A running deployment then ends as rolledBack, or as cancelled if it had changed nothing.</param>
    /// <param name="cancellation">Ctrl-C: the deployment goes on.</param>
    public static async Task<int> UntilFinishedAsync(
        Invocation call, Deployment start, bool takingBack, CancellationToken cancellation)
    {
        try
        {
            var story = new Story();
            var view = View(call, start);
            var end = start;
            await view.RunAsync(async () => end = await FollowAsync(call, start, view, story, cancellation));
            if (!call.Json)
                call.Out.Write(await Summary.ForAsync(call, end, story, takingBack, cancellation));

            return IsWanted(end.Status, takingBack) ? ExitCode.Done : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            call.Surroundings.Error.Write($"The deployment goes on. To watch it again: slipway watch {start.Id}\n");
            return ExitCode.Interrupted;
        }
    }

    private static bool IsWanted(DeploymentStatus end, bool takingBack) =>
        end == DeploymentStatus.Succeeded || (takingBack && end is (DeploymentStatus.RolledBack or DeploymentStatus.Cancelled));

    private static IDeploymentView View(Invocation call, Deployment start) =>
        call.Json ? new JsonView(call) : call.Live ? new LiveView(call, start) : new PlainView(call, start);

    private static async Task<Deployment> FollowAsync(
        Invocation call, Deployment start, IDeploymentView view, Story story, CancellationToken cancellation)
    {
        if (view.WantsState)
            view.InstancesChanged(await call.Client.Deployments.ListInstancesAsync(start.Id, cancellation));

        await foreach (var update in call.Client.Deployments.FollowAsync(start.Id, cancellation: cancellation))
        {
            switch (update)
            {
                case DeploymentUpdate.Happened { Event: var happened }:
                    story.Add(happened);
                    view.Happened(happened);
                    if (view.WantsState && await TryGetAsync(call, start.Id, cancellation) is { } now)
                        view.Refreshed(now);
                    break;
                case DeploymentUpdate.InstancesChanged { Instances: var instances }:
                    story.Add(instances);
                    view.InstancesChanged(instances);
                    break;
                case DeploymentUpdate.ConnectionLost { Reason: var reason }:
                    view.ConnectionLost(reason);
                    break;
                case DeploymentUpdate.ConnectionRestored:
                    view.ConnectionRestored();
                    break;
            }
        }

        var end = await call.Client.Deployments.GetAsync(start.Id, cancellation);
        view.Refreshed(end);

        // What changed together with the last event may come after it, where nobody listens any more.
        if (view.WantsState)
            view.InstancesChanged(await call.Client.Deployments.ListInstancesAsync(start.Id, cancellation));
        return end;
    }

    /// <summary>Null: not now; the stream notices by itself if the server is gone.</summary>
    private static async Task<Deployment?> TryGetAsync(Invocation call, DeploymentId id, CancellationToken cancellation)
    {
        try
        {
            return await call.Client.Deployments.GetAsync(id, cancellation);
        }
        catch (ServerUnreachableException)
        {
            return null;
        }
    }
}
