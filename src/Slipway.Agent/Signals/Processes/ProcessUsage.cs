using System.Buffers.Text;

namespace Slipway.Agent.Signals.Processes;

/// <summary>
/// What all processes of a service use together. Most of it the kernel counts from the start of each process; what a process counted that has ended since is
/// found again in what its parent counts of its children, and must not be counted a second time.
/// </summary>
internal sealed class ProcessUsage(IProcessFiles files)
{
    private const double TicksPerSecond = 100;
    private const int AccessDenied = 13;
    private const int NotPermitted = 1;
    private readonly Dictionary<int, Known> known = [];
    private readonly List<int> gone = [];
    private readonly NetworkUsage network = new(files);
    private int root;
    private int round;
    private long measuredAt = ProcessAge.Now();

    /// <param name="seconds">Since the time before.</param>
    public UsedResources Measure(int rootId, ProcessScan scan, double seconds)
    {
        var processes = scan.Of(rootId);
        if (root != rootId)
            known.Clear();

        root = rootId;
        round++;
        var sum = new Sums();
        foreach (var process in processes)
            Add(process, ref sum);

        Forget(ref sum);
        measuredAt = scan.LookedAt;
        if (!sum.IsAlive)
        {
            network.Forget();
            return UsedResources.None;
        }

        return new()
        {
            Cpu = sum.HasBefore ? Math.Max(0, sum.Ticks) / TicksPerSecond / seconds : double.NaN,
            Memory = (double)sum.Pages * Environment.SystemPageSize,
            Threads = sum.Threads,
            Files = sum.Files ?? double.NaN,
            Disk = sum.HasBefore && sum.Bytes is { } bytes ? Math.Max(0, bytes) / seconds : double.NaN,
            Network = network.Measure(rootId, seconds),
        };
    }

    private void Add(in ProcessStat process, ref Sums sum)
    {
        var isNew = process.StartTicks >= measuredAt;
        if (!known.TryGetValue(process.Pid, out var before) || before.StartTicks != process.StartTicks)
            known[process.Pid] = before = new() { StartTicks = process.StartTicks };

        var bytes = process.HasEnded ? before.Bytes : DiskBytes(process.Pid);
        if (before.Round == 0 && !isNew)
            (before.OwnTicks, before.ChildTicks, before.Bytes) = (process.OwnTicks, process.ChildTicks, Math.Max(bytes, 0));

        sum.HasBefore |= process.Pid == root && (isNew || before.Round != 0);
        before.TicksOfEnded = process.ChildTicks - before.ChildTicks;
        before.BytesMore = Math.Max(0, bytes) - before.Bytes;
        sum.Ticks += process.OwnTicks - before.OwnTicks + before.TicksOfEnded;
        sum.Bytes = bytes < 0 ? null : sum.Bytes + before.BytesMore;
        (before.OwnTicks, before.ChildTicks, before.Bytes) = (process.OwnTicks, process.ChildTicks, Math.Max(bytes, 0));
        (before.Parent, before.Round) = (process.Parent, round);
        if (process.HasEnded)
            return;

        sum.IsAlive = true;
        sum.Pages += process.ResidentPages;
        sum.Threads += process.Threads;
        sum.Files += Count(files.CountOpen(process.Pid));
    }

    /// <summary>What those that ended had used and was counted then is counted once more by whoever waited for them.</summary>
    private void Forget(ref Sums sum)
    {
        gone.Clear();
        foreach (var (pid, process) in known)
        {
            if (process.Round == round)
                continue;

            gone.Add(pid);
            if (Survivor(process) is not { } parent)
                continue;

            var ticks = Math.Min(process.OwnTicks + process.ChildTicks, parent.TicksOfEnded);
            var bytes = Math.Min(process.Bytes, parent.BytesMore);
            (parent.TicksOfEnded, parent.BytesMore) = (parent.TicksOfEnded - ticks, parent.BytesMore - bytes);
            sum.Ticks -= ticks;
            sum.Bytes -= bytes;
        }

        foreach (var pid in gone)
            known.Remove(pid);
    }

    private Known? Survivor(Known process)
    {
        // A bound, since numbers of processes given again could lead in a circle.
        for (var steps = 0; steps < 64; steps++)
        {
            if (!known.TryGetValue(process.Parent, out var parent))
                return null;
            if (parent.Round == round)
                return parent;

            process = parent;
        }

        return null;
    }

    /// <returns>Below 0 where nobody may know; 0 where it has just ended.</returns>
    private long DiskBytes(int pid)
    {
        Span<byte> text = stackalloc byte[512];
        var length = files.Read(pid, "io"u8, text);
        if (length < 0)
            return length is -AccessDenied or -NotPermitted ? -1 : 0;

        return Value(text[..length], "\nread_bytes: "u8) + Value(text[..length], "\nwrite_bytes: "u8);
    }

    private static long Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        text.IndexOf(name) is >= 0 and var at && Utf8Parser.TryParse(text[(at + name.Length)..], out long value, out _) ? value : 0;

    private static long? Count(long count) => count >= 0 ? count : count is -AccessDenied or -NotPermitted ? null : 0;

    private sealed class Known
    {
        public long StartTicks { get; init; }

        public int Parent { get; set; }

        /// <summary>In which it was there last. 0: never before.</summary>
        public int Round { get; set; }

        public long OwnTicks { get; set; }

        public long ChildTicks { get; set; }

        public long Bytes { get; set; }

        /// <summary>What was added in this round by children that ended, as far as it is not accounted for.</summary>
        public long TicksOfEnded { get; set; }

        public long BytesMore { get; set; }
    }

    private ref struct Sums
    {
        public bool IsAlive;

        /// <summary>There is a time before that the service can be compared with.</summary>
        public bool HasBefore;

        public long Ticks;
        public long Pages;
        public long Threads;
        public long? Files = 0;
        public long? Bytes = 0;

        public Sums()
        {
        }
    }
}
