using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>The instances that an execution has made, as the deployment's instances.</summary>
internal sealed record GroupsOfRun(IReadOnlyList<InstanceProgress> Progress, StageResult.Failed? FirstUnhealthy)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    public static GroupsOfRun None { get; } = new([], null);

    public static async Task<GroupsOfRun> ReadAsync(StageRun run, SpinnakerTarget target, Execution execution, ExecutionStage stage, Installation installation)
    {
        var names = execution.Below(stage).Select(below => below.Stage).Append(stage)
            .Where(part => part.Type is "createServerGroup" or "deploy" or "cloneServerGroup")
            .SelectMany(part => part.Context.Field("deploy.server.groups").Entries())
            .SelectMany(region => ((System.Text.Json.JsonElement?)region.Value).Items().Select(name => (region.Name, name.GetString())))
            .ToHashSet();
        var groups = new List<ServerGroup>();
        foreach (var cluster in new[] { target.Cluster, target.CanaryCluster })
            groups.AddRange(await installation.ServerGroupsAsync(target.Application, target.Account, cluster, Age));

        // The parts of a stage also name the groups that Spinnaker went back to: those carry the mark of another deployment.
        return Of(run, [.. groups.Where(group => group.Tag(SpinnakerTarget.DeploymentTag) is { } made ? made == run.Deployment.Value : names.Contains((group.Region, group.Name)))]);
    }

    private static GroupsOfRun Of(StageRun run, IReadOnlyList<ServerGroup> groups)
    {
        var progress = new List<InstanceProgress>();
        StageResult.Failed? unhealthy = null;
        foreach (var group in groups)
        {
            foreach (var instance in group.Instances)
            {
                if (!InstanceName.TryParse(instance.Id, out var name))
                    continue;

                progress.Add(new()
                {
                    Instance = name,
                    Stage = run.Stage.Name,
                    Step = StepOf(instance.Health),
                    Version = run.Release.Version.Value,
                    Reason = instance.Health == GroupInstanceHealth.Down ? $"down in {group.Name}" : null,
                    UpdatedAt = run.Now,
                });
                if (instance.Health == GroupInstanceHealth.Down)
                    unhealthy ??= new("unhealthy", $"{instance.Id} of {group.Name} in {group.Region} is down.") { Instance = name };
            }
        }

        return new(progress, unhealthy);
    }

    private static InstanceStep StepOf(GroupInstanceHealth health) => health switch
    {
        GroupInstanceHealth.Up => InstanceStep.Healthy,
        GroupInstanceHealth.Down => InstanceStep.Failed,
        GroupInstanceHealth.OutOfService => InstanceStep.Draining,
        _ => InstanceStep.Starting,
    };
}
