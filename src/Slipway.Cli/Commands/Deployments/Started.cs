using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>What happens after a deployment was started by any command: it is watched, or its id is told.</summary>
internal static class Started
{
    public static Option<bool> Wait() => new("--wait") { Description = "Watch it until it is finished; exit 1 if it did not succeed" };

    public static async Task<int> FollowAsync(
        Invocation call, Deployment deployment, bool wait, CancellationToken cancellation, bool takingBack = false)
    {
        if (wait)
            return await DeploymentWatch.UntilFinishedAsync(call, deployment, takingBack, cancellation);

        if (call.Json)
        {
            call.WriteJson(deployment, ContractsJson.Default.Deployment);
            return ExitCode.Done;
        }

        call.Line(Headline.Of(deployment));
        foreach (var warning in deployment.Plan.Warnings)
            call.Line(call.Ink.Warn("  ! " + warning));
        call.Note($"{(deployment.Status == DeploymentStatus.Queued ? "Queued" : "Started")}. To watch it: slipway watch {deployment.Id}");
        return ExitCode.Done;
    }
}
