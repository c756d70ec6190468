using System.Collections.Concurrent;
using System.Diagnostics;
using Slipway.Contracts.Ids;
using Slipway.Server.Deployments;

namespace Slipway.Server.Telemetry;

/// <summary>Where the spans of deployments belong that are under way, for whoever knows only their ids.</summary>
internal sealed class OpenTraces
{
    private readonly ConcurrentDictionary<DeploymentId, ActivityContext> open = [];

    /// <summary>Default: it is not traced, has ended or is not known here.</summary>
    public ActivityContext Of(DeploymentId deployment) => open.GetValueOrDefault(deployment);

    public void Note(DeploymentState state)
    {
        if (state.IsTerminal)
            open.TryRemove(state.Id, out _);
        else if (Tracing.Source.HasListeners() && Tracing.Parse(state.Request.Trace) is var context && context != default)
            open[state.Id] = context;
    }
}
