using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Watching;

/// <summary>For programs: each event as one line, nothing else.</summary>
internal sealed class JsonView(Invocation call) : IDeploymentView
{
    public bool WantsState => false;

    public Task RunAsync(Func<Task> watching) => watching();

    public void Refreshed(Deployment deployment)
    {
    }

    public void Happened(DeploymentEvent happened) => call.WriteJson(happened, ContractsJson.Default.DeploymentEvent);

    public void InstancesChanged(IReadOnlyList<InstanceProgress> instances)
    {
    }

    public void ConnectionLost(string reason) => call.Surroundings.Error.Write("connection lost, retrying\n");

    public void ConnectionRestored()
    {
    }
}
