using System.Runtime.InteropServices;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision;

/// <summary>
/// A process that leads its own process group: started here (then it is our child) or left behind by an earlier agent process.
/// Nothing outside that group is ever signalled.
/// </summary>
internal sealed class ServiceProcess
{
    /// <summary>Of a service whose settings are not known any more: left behind by another agent, or told to stop before it was ever healthy.</summary>
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan KillTakesAtMost = TimeSpan.FromSeconds(10);

    private readonly string run;
    private readonly bool isChild;
    private readonly TimeProvider time;
    private readonly Task ended;
    private readonly Lock reaping = new();
    private bool reaped;

    /// <summary>True while <see cref="StopAsync"/> is at it: then the group gets its grace even if the leader ends first.</summary>
    private volatile bool stopping;

    public ServiceProcess(ProcessIdentity identity, string run, bool isChild, ExitWatcher watcher, TimeProvider time)
    {
        Identity = identity;
        this.run = run;
        this.isChild = isChild;
        this.time = time;
        ended = watcher.WatchAsync(identity);
        Exited = FinishAsync();
    }

    public ProcessIdentity Identity { get; }

    /// <summary>Completes when the process has ended and, with it, whatever it left in its group.</summary>
    public Task<ProcessExit> Exited { get; }

    /// <summary>The signal to the whole group, grace, SIGKILL to the whole group, and the wait until nobody is left.</summary>
    /// <returns>False when something survived even SIGKILL (it hangs in the kernel).</returns>
    public async Task<bool> StopAsync(Stop? stop, TimeSpan? graceAtMost, CancellationToken cancellation)
    {
        if (Exited.IsCompleted)
            return true;

        var grace = stop is null ? DefaultGrace : TimeSpan.FromMilliseconds(Math.Max(0, stop.GraceMs));
        if (graceAtMost < grace)
            grace = graceAtMost.Value;

        stopping = true;
        Signal(Signals.Number(stop?.Signal));
        if (!await GoneWithinAsync(grace, cancellation))
        {
            Signal(Signals.Kill);
            if (!await GoneWithinAsync(KillTakesAtMost, cancellation))
                return false;
        }

        // The group is empty but for the leader, which is reaped now.
        stopping = false;
        await Exited.WaitAsync(cancellation);
        return true;
    }

    private async Task<ProcessExit> FinishAsync()
    {
        await ended;

        // While a child is not reaped its id, and so that of its group, is taken: the kill below cannot hit anybody else.
        while (stopping && Members().Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10));

        Signal(Signals.Kill);
        for (var tries = 0; Members().Count > 0 && tries < 1000; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        return isChild ? Reap() : new ProcessExit.Untold();
    }

    private async Task<bool> GoneWithinAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        try
        {
            await ended.WaitAsync(limit, time, cancellation);
        }
        catch (TimeoutException)
        {
            return false;
        }

        for (var pause = TimeSpan.FromMilliseconds(2); Members().Count > 0; pause = Min(pause * 2, TimeSpan.FromMilliseconds(50)))
        {
            if (time.GetElapsedTime(started) >= limit)
                return false;
            await Task.Delay(pause, time, cancellation);
        }

        return true;
    }

    private void Signal(int signal)
    {
        if (isChild)
        {
            lock (reaping)
            {
                if (!reaped)
                    _ = Libc.Kill(-Identity.Pid, signal);
            }

            return;
        }

        if (Identity.IsAlive)
        {
            _ = Libc.Kill(-Identity.Pid, signal);
            return;
        }

        // The leader is gone and was not ours to keep as a zombie, so its id may be somebody else's: only those that carry the run's mark.
        foreach (var member in Members())
            _ = Libc.Kill(member.Pid, signal);
    }

    private List<ProcessEntry> Members() =>
        isChild ? ProcessTable.Group(Identity.Pid) : ProcessTable.Run(run, Identity.Pid);

    private ProcessExit Reap()
    {
        const int interrupted = 4;
        lock (reaping)
        {
            reaped = true;
            while (true)
            {
                if (Libc.WaitForChild(Identity.Pid, out var status, 0) == Identity.Pid)
                    return ProcessExit.FromStatus(status);
                if (Marshal.GetLastPInvokeError() != interrupted)
                    return new ProcessExit.Untold();
            }
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
