using System.Runtime.InteropServices;

namespace Slipway.Agent.Supervision;

/// <summary>
/// Notices the end of any process, child or not, through a pidfd. One thread sleeps in poll for all of them and costs nothing while
/// they run. It does not ask for the exit code, so that a child's id stays taken until its process group has been dealt with.
/// </summary>
internal sealed unsafe class ExitWatcher : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, TaskCompletionSource> watched = [];
    private readonly int wake = Libc.CreateEvent(0, 0x80000);
    private Thread? thread;
    private bool disposed;

    /// <summary>Completes when the process has ended (at once if there is none).</summary>
    public Task WatchAsync(ProcessIdentity process)
    {
        var descriptor = Libc.OpenProcess(process.Pid);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Libc.NoSuchProcess
                ? Task.CompletedTask
                : throw new InvalidOperationException($"pidfd_open failed: {Marshal.GetPInvokeErrorMessage(error)}. Slipway needs Linux 5.3 or newer.");
        }

        // Opened, so the id cannot be taken by another process any more: now it can be told whether it is the right one.
        if (ProcessTable.Read(process.Pid) is not { } entry || entry.StartTicks != process.StartTicks)
        {
            _ = Libc.Close(descriptor);
            return Task.CompletedTask;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            watched.Add(descriptor, ended);
            if (thread is null)
            {
                thread = new Thread(Loop, maxStackSize: 128 * 1024) { IsBackground = true, Name = "process exits" };
                thread.Start();
            }
        }

        Wake();
        return ended.Task;
    }

    /// <summary>Stops watching; the processes go on, their tasks never complete.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
        }

        Wake();
        thread?.Join();
        foreach (var descriptor in watched.Keys)
            _ = Libc.Close(descriptor);
        _ = Libc.Close(wake);
    }

    private void Loop()
    {
        while (true)
        {
            Libc.PollEntry[] entries;
            lock (gate)
            {
                if (disposed)
                    return;
                entries = [new() { FileDescriptor = wake, Events = Libc.PollIn }, .. watched.Keys.Select(fd => new Libc.PollEntry { FileDescriptor = fd, Events = Libc.PollIn })];
            }

            fixed (Libc.PollEntry* first = entries)
                _ = Libc.Poll(first, (nuint)entries.Length, -1);

            if (entries[0].Returned != 0)
            {
                ulong count;
                _ = Libc.Read(wake, &count, sizeof(ulong));
            }

            foreach (var entry in entries.AsSpan(1))
            {
                if (entry.Returned != 0)
                    Ended(entry.FileDescriptor);
            }
        }
    }

    private void Ended(int descriptor)
    {
        lock (gate)
        {
            if (watched.Remove(descriptor, out var ended))
                ended.SetResult();
        }

        _ = Libc.Close(descriptor);
    }

    private void Wake()
    {
        ulong one = 1;
        _ = Libc.Write(wake, &one, sizeof(ulong));
    }
}
