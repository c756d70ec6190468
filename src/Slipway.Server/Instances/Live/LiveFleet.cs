using System.Collections.Concurrent;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Live;

/// <summary>
/// Every instance with its services, in memory: what is stored (rows are written first, then this) and what agents last said
/// (this first, rows behind). Answers every question of deployments and of the API without the database.
/// </summary>
internal sealed class LiveFleet
{
    private readonly ConcurrentDictionary<InstanceName, LiveInstance> instances = new();
    private readonly ConcurrentDictionary<TargetId, TargetMembers> targets = new();
    private volatile SortedInstances? sorted;
    private int changes;

    /// <summary>In the order of their names, revoked ones left out.</summary>
    public IReadOnlyList<LiveInstance> Instances
    {
        get
        {
            // Read before the instances are: what changes while they are sorted makes this list old at once, and not the truth until the next change.
            var at = Volatile.Read(ref changes);
            if (sorted is { } known && known.At == at)
                return known.Instances;

            var now = new SortedInstances(at, [.. instances.Values.Where(instance => instance.Facts.RevokedAt is null).OrderBy(instance => instance.Name)]);
            sorted = now;
            return now.Instances;
        }
    }

    public LiveInstance? Find(InstanceName name) => instances.GetValueOrDefault(name);

    /// <summary>The members of a target in the order of their names.</summary>
    public IReadOnlyList<LiveMember> Members(TargetId target) => targets.TryGetValue(target, out var members) ? members.Sorted : [];

    /// <summary>The targets of a service that have instances.</summary>
    public IReadOnlyCollection<TargetId> TargetsOf(ServiceName service) =>
        [.. targets.Where(target => target.Key.Service == service && target.Value.Sorted.Count > 0).Select(target => target.Key)];

    /// <summary>Adds an instance, or replaces one that was known.</summary>
    public void Put(LiveInstance instance)
    {
        if (instances.TryGetValue(instance.Name, out var before) && before != instance)
        {
            foreach (var member in before.Members)
                Index(member, isMember: false);
        }

        instances[instance.Name] = instance;
        Refresh(instance);
    }

    /// <summary>After a change of an instance's services or of its being revoked.</summary>
    public void Refresh(LiveInstance instance)
    {
        foreach (var member in instance.Members)
            Index(member, member.State.Assigned.Member && instance.Facts.RevokedAt is null);

        Interlocked.Increment(ref changes);
    }

    private void Index(LiveMember member, bool isMember)
    {
        if (isMember)
            targets.GetOrAdd(member.Target, static _ => new()).Put(member);
        else if (targets.TryGetValue(member.Target, out var members))
            members.Remove(member);
    }

    private sealed record SortedInstances(int At, LiveInstance[] Instances);
}
