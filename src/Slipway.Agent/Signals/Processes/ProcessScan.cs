using System.Globalization;
using System.IO.Enumeration;

namespace Slipway.Agent.Signals.Processes;

/// <summary>
/// Finds the processes of services among all of this machine: those in the group or session of a service's first process, and those that it or one of them
/// started, whoever is their parent by now. A process that belonged to no service is not read again: nothing can make it belong to one.
/// </summary>
internal sealed class ProcessScan(IProcessFiles files)
{
    /// <summary>Every so often all are read, because numbers of processes are given again.</summary>
    private const int LooksBetweenFull = 6;

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0 };

    private readonly Dictionary<int, List<ProcessStat>> byRoot = [];
    private readonly Dictionary<int, (int Root, long Start)> owners = [];
    private readonly Dictionary<int, (int Root, long Start)> ownersBefore = [];
    private readonly List<ProcessStat> unclaimed = [];
    private HashSet<int> strangers = [];
    private HashSet<int> strangersBefore = [];
    private int looks;

    /// <summary>When it was looked, in the ticks that starts of processes are counted in.</summary>
    public long LookedAt { get; private set; }

    public IReadOnlyList<ProcessStat> Of(int root) => byRoot.TryGetValue(root, out var found) ? found : [];

    /// <param name="roots">The first process of each service.</param>
    public void Look(IReadOnlySet<int> roots)
    {
        var isFull = looks++ % LooksBetweenFull == 0 || byRoot.Count != roots.Count || !byRoot.Keys.All(roots.Contains);
        Prepare(roots);
        if (roots.Count == 0)
            return;

        Span<byte> text = stackalloc byte[1024];
        foreach (var pid in new FileSystemEnumerable<int>("/proc", static (ref FileSystemEntry entry) => Number(entry.FileName), All))
        {
            if (pid == 0)
                continue;

            if (!isFull && strangersBefore.Contains(pid))
                strangers.Add(pid);
            else if (files.Read(pid, "stat"u8, text) is > 0 and var length && ProcessStat.TryParse(text[..length], out var stat))
                unclaimed.Add(stat);
        }

        while (Claim(roots) > 0)
        {
            // A child may have been looked at before its parent.
        }

        foreach (var stat in unclaimed)
            strangers.Add(stat.Pid);
    }

    private void Prepare(IReadOnlySet<int> roots)
    {
        LookedAt = ProcessAge.Now();
        (strangers, strangersBefore) = (strangersBefore, strangers);
        strangers.Clear();
        unclaimed.Clear();
        byRoot.Clear();
        foreach (var root in roots)
            byRoot[root] = [];

        ownersBefore.Clear();
        foreach (var (pid, owner) in owners)
            ownersBefore[pid] = owner;
        owners.Clear();
    }

    private int Claim(IReadOnlySet<int> roots)
    {
        var claimed = 0;
        for (var at = unclaimed.Count - 1; at >= 0; at--)
        {
            var stat = unclaimed[at];
            if (RootOf(stat, roots) is not { } root)
                continue;

            owners[stat.Pid] = (root, stat.StartTicks);
            byRoot[root].Add(stat);
            unclaimed[at] = unclaimed[^1];
            unclaimed.RemoveAt(unclaimed.Count - 1);
            claimed++;
        }

        return claimed;
    }

    private int? RootOf(in ProcessStat stat, IReadOnlySet<int> roots)
    {
        if (roots.Contains(stat.Pid))
            return stat.Pid;
        if (roots.Contains(stat.Group))
            return stat.Group;
        if (roots.Contains(stat.Session))
            return stat.Session;
        if (owners.TryGetValue(stat.Parent, out var owner))
            return owner.Root;

        return ownersBefore.TryGetValue(stat.Pid, out var before) && before.Start == stat.StartTicks && roots.Contains(before.Root) ? before.Root : null;
    }

    private static int Number(ReadOnlySpan<char> name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
