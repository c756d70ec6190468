using Slipway.Contracts.Ids;
using Slipway.Server.Cluster;
using Slipway.Server.Deployments;

namespace Slipway.Server.Changes;

/// <summary>What other nodes have committed, told to this node's readers as if it had been committed here.</summary>
internal sealed class ChangeBulletins(ChangeSignals signals, EventFeed events) : IBulletinReader
{
    public void Read(Bulletin kind, IReadOnlyList<string> names)
    {
        var changes = new RawChanges();
        foreach (var name in names)
            Note(changes, kind, name);

        signals.Rows(changes);
        if (kind is Bulletin.Events or Bulletin.Progress)
        {
            foreach (var name in names)
                events.Changed(DeploymentId.Parse(name));
        }
    }

    public void ReadAll()
    {
        var changes = new RawChanges { Events = true, AllTargets = true };
        changes.Kinds.UnionWith(ChangeKinds.All);
        signals.Rows(changes);
        events.ChangedAll();
    }

    private static void Note(RawChanges changes, Bulletin kind, string name)
    {
        switch (kind)
        {
            case Bulletin.Events:
                changes.Events = true;
                break;
            case Bulletin.Progress:
                changes.Progress.Add(DeploymentId.Parse(name));
                break;
            case Bulletin.Targets when name.Split('/') is [var service, var environment]:
                changes.Targets.Add(new(ServiceName.Parse(service), EnvironmentName.Parse(environment)));

                // What one environment runs decides how far behind the others are.
                changes.Services.Add(ServiceName.Parse(service));
                break;
            case Bulletin.Instances:
                changes.Kinds.Add(ChangeKinds.Instances);
                break;
            case Bulletin.Tables:
                changes.AllTargets |= name is "services" or "environments";
                if (ChangeKinds.OfTable(name) is { } shown)
                    changes.Kinds.Add(shown);
                break;
        }
    }
}
