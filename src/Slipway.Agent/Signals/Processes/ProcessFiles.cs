using System.Buffers.Text;
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Slipway.Agent.Supervision;

namespace Slipway.Agent.Signals.Processes;

/// <summary>
/// /proc, read by three system calls a file and without an allocation: it is read for every process of every service in every step, and File.ReadAllBytes
/// takes several times as long.
/// </summary>
internal sealed unsafe class ProcessFiles : IProcessFiles
{
    private const int LongestPath = 64;
    private const int AccessDenied = 13;

    public int Read(int pid, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[LongestPath];
        WritePath(path, pid, name);
        return ReadFile(path, buffer);
    }

    /// <summary>Since Linux 6.2 the size of the folder is the number of entries; before, they have to be counted.</summary>
    public long CountOpen(int pid)
    {
        Span<byte> path = stackalloc byte[LongestPath];
        WritePath(path, pid, "fd"u8);
        Libc.FileStatus status;
        fixed (byte* first = path)
        {
            if (Libc.Status(Libc.AtCurrentFolder, first, 0, Libc.StatusSize, &status) != 0)
                return -Marshal.GetLastPInvokeError();
        }

        return status.Size > 0 ? status.Size : CountEntries(pid);
    }

    /// <param name="path">With a 0 at its end.</param>
    public static int ReadFile(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        int descriptor;
        fixed (byte* first = path)
            descriptor = Libc.Open(first, Libc.OpenReadOnly | Libc.OpenCloseOnExec);

        if (descriptor < 0)
            return -Marshal.GetLastPInvokeError();

        var length = 0;
        fixed (byte* first = buffer)
        {
            nint read = 1;
            while (length < buffer.Length && read > 0)
            {
                read = Libc.Read(descriptor, first + length, (nuint)(buffer.Length - length));
                length += (int)Math.Max(read, 0);
            }

            if (read < 0 && length == 0)
                length = -Marshal.GetLastPInvokeError();
        }

        _ = Libc.Close(descriptor);
        return length;
    }

    private static long CountEntries(int pid)
    {
        try
        {
            var count = 0L;
            var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
            foreach (var _ in new FileSystemEnumerable<bool>($"/proc/{pid}/fd", (ref FileSystemEntry _) => true, options))
                count++;
            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is DirectoryNotFoundException ? 0 : -AccessDenied;
        }
    }

    private static void WritePath(Span<byte> path, int pid, ReadOnlySpan<byte> name)
    {
        "/proc/"u8.CopyTo(path);
        Utf8Formatter.TryFormat(pid, path[6..], out var written);
        path[6 + written] = (byte)'/';
        name.CopyTo(path[(7 + written)..]);
        path[7 + written + name.Length] = 0;
    }
}
