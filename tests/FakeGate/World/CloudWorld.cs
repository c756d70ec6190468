using System.Text.RegularExpressions;
using Slipway.FakeGate.Executions;

namespace Slipway.FakeGate.World;

/// <summary>
/// What the clouds hold: accounts, images, clusters of server groups. Changes made here are made behind Spinnaker's back.
/// </summary>
public sealed class CloudWorld
{
    private readonly Turnstile turnstile;
    private readonly TimeSpan boot;
    private readonly List<(DateTimeOffset At, WorldState State)> past = [];
    private readonly List<Regex> neverUp = [];
    private int numbers;

    internal CloudWorld(Turnstile turnstile, TimeSpan boot)
    {
        this.turnstile = turnstile;
        this.boot = boot;
    }

    /// <summary>At first: <c>test</c> and <c>prod</c>, both of aws in us-east-1, us-west-2 and eu-west-1.</summary>
    public List<Account> Accounts { get; } =
    [
        new("test", "aws", ["us-east-1", "us-west-2", "eu-west-1"]),
        new("prod", "aws", ["us-east-1", "us-west-2", "eu-west-1"]),
    ];

    /// <summary>How far reads over HTTP lag behind what is; zero at first. Orca itself sees what is.</summary>
    public TimeSpan CacheLag { get; set; }

    public IReadOnlyList<ServerGroup> ServerGroups => turnstile.Do(_ => State.Groups);

    public IReadOnlyList<Image> Images => turnstile.Do(_ => State.Images);

    internal WorldState State { get; private set; } = WorldState.Empty;

    internal int Numbers => numbers;

    /// <summary>Instances of images whose name or package matches (a regular expression) never get Up, also those that exist.</summary>
    public void NeverUp(string pattern) => turnstile.Do(now =>
    {
        neverUp.Add(new(pattern));
        var bad = State.Groups.Where(group => IsBad(group.Image)).ToList();
        foreach (var group in bad)
            Change(now, State.Replace(group, group with { NeverUp = true }));
    });

    /// <summary>From now on new instances get Up again, whatever their image.</summary>
    public void AllGetUp() => turnstile.Do(_ => neverUp.Clear());

    public Image AddImage(string package, string region, string baseOs = "bionic", IReadOnlyDictionary<string, string>? tags = null) =>
        turnstile.Do(now => Bake(package, region, baseOs, now, tags));

    /// <summary>A server group with the next number, whose instances have been Up for a long time.</summary>
    public ServerGroup AddServerGroup(string account, string region, string cluster, int size = 2, string package = "base-1.0.0") => turnstile.Do(now =>
    {
        var image = Bake(package, region, "bionic", now, null);
        var made = Next(account, region, Moniker.Parse(cluster), image, Capacity.Of(0), now) with { Boot = TimeSpan.Zero };
        var full = Sized(made, Capacity.Of(size), now);
        Change(now, State with { Groups = State.Groups.Add(full) });
        return full;
    });

    /// <summary>Takes every instance of the group out of service. A group that does not exist is an error.</summary>
    public void Disable(string account, string region, string name) => Edit(account, region, name, (group, _) => group with { DisabledPercent = 100 });

    public void Enable(string account, string region, string name) => Edit(account, region, name, (group, _) => group with { DisabledPercent = 0 });

    public void Resize(string account, string region, string name, int size) => Edit(account, region, name, (group, now) => Sized(group, Capacity.Of(size), now));

    public void Destroy(string account, string region, string name) => turnstile.Do(now => Change(now, State with { Groups = State.Groups.Remove(Need(account, region, name)) }));

    /// <summary>What reads show: the state <see cref="CacheLag"/> ago, and the moment it was.</summary>
    internal (WorldState State, DateTimeOffset At) Seen(DateTimeOffset now)
    {
        var at = now - CacheLag;
        return (CacheLag == TimeSpan.Zero ? State : past.FindLast(entry => entry.At <= at) is { State: { } state } ? state : WorldState.Empty, at);
    }

    internal void Restore(IReadOnlyList<Account> accounts, WorldState state, int number)
    {
        Accounts.Clear();
        Accounts.AddRange(accounts);
        numbers = number;
        Change(DateTimeOffset.MinValue, state);
    }

    internal void Change(DateTimeOffset now, WorldState state)
    {
        State = state;
        past.Add((now, state));
        if (past.Count > 500)
            past.RemoveRange(0, 250);
    }

    internal void Edit(string account, string region, string name, Func<ServerGroup, DateTimeOffset, ServerGroup> change) => turnstile.Do(now =>
    {
        var group = Need(account, region, name);
        Change(now, State.Replace(group, change(group, now)));
    });

    internal ServerGroup Sized(ServerGroup group, Capacity capacity, DateTimeOffset now)
    {
        var kept = group.Instances.Take(capacity.Desired).ToList();
        while (kept.Count < capacity.Desired)
            kept.Add(new($"i-{++numbers:x17}", group.Region + "abc"[numbers % 3], now));

        return group with { Capacity = capacity, Instances = kept };
    }

    internal ServerGroup Next(string account, string region, Moniker moniker, Image image, Capacity capacity, DateTimeOffset now)
    {
        var newest = State.Cluster(account, region, moniker.Cluster).LastOrDefault();
        var made = new ServerGroup
        {
            Account = account,
            Region = region,
            Moniker = moniker with { Sequence = newest is null ? 0 : (newest.Moniker.Sequence + 1) % 1000 },
            Created = now,
            Capacity = capacity,
            Image = image,
            Boot = boot,
            NeverUp = IsBad(image),
        };
        return Sized(made, capacity, now);
    }

    internal Image Bake(string package, string region, string baseOs, DateTimeOffset now, IReadOnlyDictionary<string, string>? tags)
    {
        var name = $"{package}-x86_64-{now:yyyyMMddHHmmss}-{baseOs}-hvm-ebs";
        var image = new Image($"ami-{++numbers:x8}", name, region, package, baseOs, now) { Tags = tags ?? new Dictionary<string, string>() };
        Change(now, State with { Images = State.Images.Add(image) });
        return image;
    }

    private bool IsBad(Image image) => neverUp.Exists(pattern => pattern.IsMatch(image.Name) || pattern.IsMatch(image.Package));

    private ServerGroup Need(string account, string region, string name) =>
        State.Find(account, region, name) ?? throw new InvalidOperationException($"There is no server group {name} in {region} of {account}.");
}
