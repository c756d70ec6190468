using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// What waits to be said in one environment. A member waits once, however often it changes, because what it is told is what is so by then; commands
/// are bounded, and the oldest give way.
/// </summary>
internal sealed class Pending : IDisposable
{
    public const int MostCommands = 1000;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim something = new(0, 1);
    private readonly Queue<Announcement> commands = new();
    private HashSet<LiveMember> members = [];

    public int Count
    {
        get
        {
            lock (gate)
                return members.Count + commands.Count;
        }
    }

    public void Add(LiveMember member)
    {
        lock (gate)
        {
            members.Add(member);
            Wake();
        }
    }

    /// <summary>After a failed attempt.</summary>
    public void PutBack(IEnumerable<LiveMember> again)
    {
        lock (gate)
        {
            members.UnionWith(again);
            Wake();
        }
    }

    public void Add(Announcement command)
    {
        lock (gate)
        {
            if (commands.Count == MostCommands)
                commands.Dequeue();

            commands.Enqueue(command);
            Wake();
        }
    }

    public Task WaitAsync(CancellationToken cancellation) => something.WaitAsync(cancellation);

    public (IReadOnlyCollection<LiveMember> Members, IReadOnlyList<Announcement> Commands) Take()
    {
        lock (gate)
        {
            var taken = members;
            members = [];
            Announcement[] said = [.. commands];
            commands.Clear();
            return (taken, said);
        }
    }

    public void Dispose() => something.Dispose();

    private void Wake()
    {
        if (something.CurrentCount == 0)
            something.Release();
    }
}
