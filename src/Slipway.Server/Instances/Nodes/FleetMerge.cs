using System.Net.WebSockets;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Logs;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Nodes;

/// <summary>
/// Takes what is stored over into memory. Assignments and facts are always the database's; what an agent said is this node's to know as long as
/// the agent speaks with it.
/// </summary>
internal sealed class FleetMerge(LiveFleet fleet, NodeLines lines, ICluster cluster, TargetSignals signals, LogTails tails)
{
    public void Take(StoredInstance stored)
    {
        var row = stored.Row;
        if (fleet.Find(row.Name) is not { } known || known.Environment != row.Environment)
        {
            TakeNew(stored);
            return;
        }

        known.Facts = FleetRows.ToFacts(row);
        known.Node = row.Node;
        TakeLine(known);
        if (!known.IsHere)
            known.LastSeenAt = row.LastSeenAt;

        foreach (var member in stored.Members)
            TakeMember(known, member);

        fleet.Refresh(known);
        signals.Changed(known);
    }

    /// <summary>Agents of nodes that are gone are away until they speak with another.</summary>
    public void NodesChanged()
    {
        lines.Forget();
        foreach (var instance in fleet.Instances)
        {
            if (instance.Node is null || instance.Node == cluster.Me)
                continue;

            var was = instance.IsConnected;
            TakeLine(instance);
            if (was != instance.IsConnected)
                signals.Changed(instance);
        }
    }

    private void TakeNew(StoredInstance stored)
    {
        var instance = FleetRows.ToInstance(stored);
        instance.Node = stored.Row.Node;
        fleet.Find(instance.Name)?.Connection?.HangUp(WebSocketCloseStatus.PolicyViolation, "joined_again");
        TakeLine(instance);
        fleet.Put(instance);
        signals.Changed(instance);
    }

    private void TakeLine(LiveInstance instance)
    {
        var before = instance.Elsewhere as NodeLine;
        var line = instance.Facts.RevokedAt is null ? lines.To(instance.Name, instance.Node) : null;
        if (line is not null && before?.Node == line.Node)
            line = before;

        instance.SeenElsewhere(line)?.HangUp(WebSocketCloseStatus.PolicyViolation, "replaced");
        if (before is not null && before != line)
            tails.Ended(before);
    }

    private static void TakeMember(LiveInstance instance, StoredMember stored)
    {
        if (instance.Member(stored.Service) is not { } member)
        {
            instance.Add(stored.Service, new MemberState(stored.Assigned) { Reported = stored.Reported, Prepare = stored.Prepare });
            return;
        }

        if (member.State.Assigned != stored.Assigned)
            member.Assign(stored.Assigned);

        if (instance.IsHere)
            return;

        if (stored.Reported is { } reported)
            member.Report(reported);

        if (stored.Prepare is { } prepare)
            member.Report(prepare);
    }
}
