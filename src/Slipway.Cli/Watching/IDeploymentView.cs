using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Watching;

/// <summary>How somebody watches a deployment: a live picture, lines, or JSON.</summary>
internal interface IDeploymentView
{
    /// <summary>True: wants <see cref="Refreshed"/> whenever something happened, which costs a request.</summary>
    bool WantsState { get; }

    /// <summary>Runs the watching inside whatever the view needs around it.</summary>
    Task RunAsync(Func<Task> watching);

    void Refreshed(Deployment deployment);

    void Happened(DeploymentEvent happened);

    void InstancesChanged(IReadOnlyList<InstanceProgress> instances);

    void ConnectionLost(string reason);

    void ConnectionRestored();
}
