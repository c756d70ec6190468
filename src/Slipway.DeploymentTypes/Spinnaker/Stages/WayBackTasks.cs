using System.Text.Json.Nodes;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>Steps of the way back as tasks of Orca. Pure.</summary>
internal static class WayBackTasks
{
    private const string Prefix = "Slipway";

    /// <summary>What a task is found again by: Orca has no key for tasks, but keeps their description.</summary>
    public static string Mark(string key, string region) => $"{Prefix} {key} {region}:";

    public static JsonObject Of(SpinnakerTarget target, string region, string key, WayBackStep step)
    {
        var (says, job) = step switch
        {
            WayBackStep.Exchange exchange => ($"{exchange.Restore.Name} instead of {exchange.Leave.Name}", RollBack(target, region, "EXPLICIT", new()
            {
                ["rollbackServerGroupName"] = exchange.Leave.Name,
                ["restoreServerGroupName"] = exchange.Restore.Name,
                ["targetHealthyRollbackPercentage"] = target.Settings.HealthyPercentage,
                ["delayBeforeDisableSeconds"] = 0,
            })),
            WayBackStep.Remake remake => ($"{remake.Image} instead of {remake.Leave.Name}", RollBack(target, region, "PREVIOUS_IMAGE", new()
            {
                ["rollbackServerGroupName"] = remake.Leave.Name,
                ["imageId"] = remake.Image,
                ["imageName"] = remake.ImageName ?? remake.Image,
                ["targetHealthyRollbackPercentage"] = target.Settings.HealthyPercentage,
            })),
            WayBackStep.Enable enable => ($"traffic for {enable.Restore.Name}", One(target, region, "enableServerGroup", enable.Restore.Name)),
            WayBackStep.Remove remove => ($"{remove.Group.Name} goes", One(target, region, "destroyServerGroup", remove.Group.Name)),
            _ => throw new InvalidOperationException($"No task for {step.GetType().Name}."),
        };
        return new()
        {
            ["application"] = target.Application,
            ["description"] = $"{Mark(key, region)} {says}",
            ["job"] = new JsonArray(job),
        };
    }

    private static JsonObject RollBack(SpinnakerTarget target, string region, string type, JsonObject context) => new()
    {
        ["type"] = "rollbackServerGroup",
        ["rollbackType"] = type,
        ["rollbackContext"] = context,
        ["credentials"] = target.Account,
        ["cloudProvider"] = target.Settings.Provider,
        ["region"] = region,
        ["moniker"] = Pipelines.ClusterWriter.Moniker(target, target.Settings.Detail),
        ["user"] = "slipway",
    };

    private static JsonObject One(SpinnakerTarget target, string region, string type, string group) => new()
    {
        ["type"] = type,
        ["serverGroupName"] = group,
        ["asgName"] = group,
        ["credentials"] = target.Account,
        ["cloudProvider"] = target.Settings.Provider,
        ["region"] = region,
        ["regions"] = new JsonArray(region),
        ["moniker"] = Pipelines.ClusterWriter.Moniker(target, target.Settings.Detail),
        ["user"] = "slipway",
    };
}
