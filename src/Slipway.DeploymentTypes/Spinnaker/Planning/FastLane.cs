using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Observing;
using Slipway.DeploymentTypes.Spinnaker.Stages;

namespace Slipway.DeploymentTypes.Spinnaker.Planning;

/// <summary>Taking a target back to a version whose server groups, or whose images, are still there: no pipeline, no bake.</summary>
internal static class FastLane
{
    /// <summary>Null: it has to be deployed as if it were new.</summary>
    public static async Task<PlanResult?> FindAsync(PlanRequest request, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        var version = request.Release.Version;
        var made = request.References.DistinctBy(reference => reference.Value).ToDictionary(reference => reference.Value, _ => version, StringComparer.Ordinal);
        var groups = await installation.CallAsync((gate, token) => gate.ServerGroupsAsync(target.Application, [(target.Account, target.Cluster)], token), cancellation);
        var known = await new GroupVersions(target, installation, made).OfAsync(groups, cancellation);
        var says = new List<string>();
        foreach (var region in target.Settings.Regions)
        {
            switch (WayBackStep.Of(region, [.. known.Where(entry => entry.Group.Region == region)], version, null, null))
            {
                case WayBackStep.Done done:
                    says.Add(done.Says);
                    break;
                case WayBackStep.Exchange exchange:
                    says.Add($"{region}: {exchange.Restore.Name} instead of {exchange.Leave.Name}");
                    break;
                case WayBackStep.Enable enable:
                    says.Add($"{region}: traffic for {enable.Restore.Name}");
                    break;
                default:
                    return null;
            }
        }

        return new PlanResult.Planned([SpinnakerPlan.Restore("rollback", $"Spinnaker's own rollback to {version}: {string.Join("; ", says)}")]);
    }
}
