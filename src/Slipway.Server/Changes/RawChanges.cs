using Slipway.Contracts.Ids;

namespace Slipway.Server.Changes;

/// <summary>What changed, as it was noticed: some of it has to be looked up before a reader can be told.</summary>
internal sealed class RawChanges
{
    /// <summary>There are new events in the database.</summary>
    public bool Events { get; set; }

    /// <summary>Every target may show something else (the order of environments changed).</summary>
    public bool AllTargets { get; set; }

    public HashSet<TargetId> Targets { get; } = [];

    /// <summary>All targets of these may show something else: what one of them runs decides how far behind the others are.</summary>
    public HashSet<ServiceName> Services { get; } = [];

    /// <summary>Deployments whose instances moved.</summary>
    public HashSet<DeploymentId> Progress { get; } = [];

    public HashSet<string> Kinds { get; } = new(StringComparer.Ordinal);

    public void Add(RawChanges more)
    {
        Events |= more.Events;
        AllTargets |= more.AllTargets;
        Targets.UnionWith(more.Targets);
        Services.UnionWith(more.Services);
        Progress.UnionWith(more.Progress);
        Kinds.UnionWith(more.Kinds);
    }
}
