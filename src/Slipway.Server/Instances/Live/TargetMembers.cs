namespace Slipway.Server.Instances.Live;

/// <summary>The members of one target in the order of their names. Sorted when somebody reads, so that many joins in a row stay cheap.</summary>
internal sealed class TargetMembers
{
    private readonly Lock gate = new();
    private readonly HashSet<LiveMember> all = [];
    private volatile LiveMember[]? sorted;

    public IReadOnlyList<LiveMember> Sorted
    {
        get
        {
            if (sorted is { } known)
                return known;

            lock (gate)
            {
                LiveMember[] now = [.. all];
                Array.Sort(now, static (left, right) => left.Instance.Name.CompareTo(right.Instance.Name));
                return sorted = now;
            }
        }
    }

    public void Put(LiveMember member)
    {
        lock (gate)
        {
            if (all.Add(member))
                sorted = null;
        }
    }

    public void Remove(LiveMember member)
    {
        lock (gate)
        {
            if (all.Remove(member))
                sorted = null;
        }
    }
}
