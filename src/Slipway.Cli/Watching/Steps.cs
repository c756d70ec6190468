using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Watching;

/// <summary>An instance's step as a word.</summary>
internal static class Steps
{
    public static string Name(InstanceStep step) => step switch
    {
        InstanceStep.Pending => "waiting",
        InstanceStep.Preparing => "preparing",
        InstanceStep.Prepared => "prepared",
        InstanceStep.Draining => "draining",
        InstanceStep.Stopping => "stopping",
        InstanceStep.Starting => "starting",
        InstanceStep.Checking => "checking",
        InstanceStep.Healthy => "healthy",
        InstanceStep.Failed => "failed",
        InstanceStep.Unreachable => "unreachable",
        _ => step.ToString(),
    };
}
