using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Watching;

/// <summary>What has to be remembered of the way, to tell how it ended.</summary>
internal sealed class Story
{
    private readonly Dictionary<InstanceName, InstanceProgress> failed = [];

    public DateTimeOffset? RollbackStartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The instances that failed, with what they said.</summary>
    public IReadOnlyDictionary<InstanceName, InstanceProgress> Failed => failed;

    /// <summary>False: a stage only noted for itself how far it is.</summary>
    public static bool IsNews(DeploymentEvent happened) => happened.Type != "stageNoted";

    public void Add(DeploymentEvent happened)
    {
        if (happened.Type == "rollbackStarted")
            RollbackStartedAt = happened.Time;
        else if (happened.Type == "finished")
            FinishedAt = happened.Time;
    }

    public void Add(IReadOnlyList<InstanceProgress> instances)
    {
        foreach (var instance in instances.Where(i => i.Step == InstanceStep.Failed))
            failed.TryAdd(instance.Instance, instance);
    }
}
