using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>slipway watch d-…</summary>
internal sealed class Watch : SlipwayCommand
{
    private readonly Argument<DeploymentId> deployment = Names.Deployment();

    public Watch(Surroundings surroundings)
        : base(surroundings, "watch", "Follow a deployment until it is finished. Ctrl-C leaves it running.") =>
        Add(deployment);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var now = await call.Client.Deployments.GetAsync(call.Get(deployment), cancellation);
        return await DeploymentWatch.UntilFinishedAsync(call, now, takingBack: false, cancellation);
    }
}
