namespace Slipway.FakeGate.World;

/// <summary>Instances of one image: <c>app-stack-detail-v003</c>.</summary>
public sealed record ServerGroup
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required Moniker Moniker { get; init; }

    public string CloudProvider { get; init; } = "aws";

    public required DateTimeOffset Created { get; init; }

    public required Capacity Capacity { get; init; }

    /// <summary>The smallest size is held at the desired one until it is unpinned.</summary>
    public bool Pinned { get; init; }

    /// <summary>The share of instances that are out of service, 0 to 100. At 100 the whole group is disabled.</summary>
    public int DisabledPercent { get; init; }

    public required Image Image { get; init; }

    public IReadOnlyList<Instance> Instances { get; init; } = [];

    public IReadOnlyList<string> LoadBalancers { get; init; } = [];

    public IReadOnlyList<string> TargetGroups { get; init; } = [];

    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>As the cluster of the deploy stage gave them, expressions filled in.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string InstanceType { get; init; } = "m5.large";

    /// <summary>From the launch of an instance until it is Up.</summary>
    public TimeSpan Boot { get; init; }

    /// <summary>Its instances stay Down after they have booted.</summary>
    public bool NeverUp { get; init; }

    public string Name => Moniker.ServerGroup;

    public string Cluster => Moniker.Cluster;

    public bool Disabled => DisabledPercent == 100;

    public Health HealthOf(Instance instance, DateTimeOffset now)
    {
        if (OutOfService(instance))
            return Health.OutOfService;

        if (now < instance.Launched + Boot)
            return Health.Starting;

        return NeverUp ? Health.Down : Health.Up;
    }

    public int Count(Health health, DateTimeOffset now) => Instances.Count(instance => HealthOf(instance, now) == health);

    private bool OutOfService(Instance instance)
    {
        for (var i = 0; i < Instances.Count; i++)
        {
            if (Instances[i].Id == instance.Id)
                return i * 100 < DisabledPercent * Instances.Count;
        }

        return false;
    }
}
