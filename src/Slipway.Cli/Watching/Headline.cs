using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Watching;

/// <summary>What a deployment is, in one line.</summary>
internal static class Headline
{
    public static string Of(Deployment deployment) =>
        $"{deployment.Service} → {deployment.Environment}   {Change(deployment.PreviousVersion?.Value, deployment.Version.Value)}   {Name(deployment.Strategy)}   {deployment.Id}";

    public static string Change(string? from, string to) => from is null ? to : from == to ? $"{to} again" : $"{from} → {to}";

    public static string Name(Strategy strategy) => strategy switch
    {
        AllAtOnce => "all at once",
        Rolling rolling => $"rolling, {rolling.Batch} at a time",
        Canary canary => $"canary: {string.Join(", ", canary.Steps.Select(s => s.Instances.Value))}, then the rest",
        RedBlack => "red/black",
        Highlander => "highlander",
        _ => strategy.GetType().Name,
    };

    public static string Name(DeploymentStatus status) => status switch
    {
        DeploymentStatus.Queued => "queued",
        DeploymentStatus.Running => "running",
        DeploymentStatus.Paused => "paused",
        DeploymentStatus.Succeeded => "succeeded",
        DeploymentStatus.Failed => "failed",
        DeploymentStatus.RolledBack => "rolled back",
        DeploymentStatus.Cancelled => "cancelled",
        DeploymentStatus.Superseded => "superseded",
        _ => status.ToString(),
    };
}
