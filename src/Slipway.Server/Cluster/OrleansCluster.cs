namespace Slipway.Server.Cluster;

/// <summary>Follows Orleans' membership.</summary>
internal sealed partial class OrleansCluster(NodeIdentity identity, IClusterMembershipService membership, ILogger<OrleansCluster> log) : BackgroundService, ICluster
{
    /// <summary>Name to silo, of the nodes that take part.</summary>
    private volatile Dictionary<string, SiloAddress> active = new(StringComparer.Ordinal);

    public event Action? Changed;

    public string Me => identity.Name;

    /// <summary>The oldest: it changes as seldom as can be.</summary>
    public bool IsLead => active.OrderBy(node => node.Value.Generation).ThenBy(node => node.Key, StringComparer.Ordinal).Select(node => node.Key).FirstOrDefault() == Me;

    public bool IsAlive(string node) => active.ContainsKey(node);

    /// <summary>Null: it is not there any more.</summary>
    public SiloAddress? SiloOf(string node) => active.GetValueOrDefault(node);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var before = active;
            var now = snapshot.Members.Values
                .Where(member => member.Status == SiloStatus.Active)
                .GroupBy(member => member.Name)
                .ToDictionary(group => group.Key, group => group.MaxBy(member => member.SiloAddress.Generation)!.SiloAddress, StringComparer.Ordinal);
            active = now;
            Tell(before, now);
        }
    }

    private void Tell(Dictionary<string, SiloAddress> before, Dictionary<string, SiloAddress> now)
    {
        var (came, went) = (now.Keys.Except(before.Keys).ToList(), before.Keys.Except(now.Keys).ToList());
        if (came.Count + went.Count == 0)
            return;

        LogMembers(now.Count, string.Join(", ", came), string.Join(", ", went));
        Changed?.Invoke();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The cluster has {Count} nodes now. New: {Came}. Gone: {Went}.")]
    private partial void LogMembers(int count, string came, string went);
}
