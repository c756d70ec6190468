using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Slipway.Agent.Logs;

namespace Slipway.Agent.Signals.Lines;

/// <summary>
/// Reads what a service has said since the last step, across rotations: all of it up to 1 MB, and of more than that blocks from all over it, which stand for
/// the rest.
/// </summary>
internal sealed class OutputReader(LogFiles files) : IOutput
{
    private const int BlockSize = 64 * 1024;
    private const long MostBytes = 1024 * 1024;

    /// <summary>Files that are looked into in one step; older ones were rotated away within it.</summary>
    private const int MostFiles = 3;

    private readonly Lock gate = new();
    private readonly LineScanner scanner = new();
    private LineTally kept;

    /// <summary>What is written then is of the next process, which may have begun a moment before it is known here.</summary>
    private bool hasEnded;

    private long position = files.Length;
    private int rotations = files.Rotations;

    /// <summary>What was read last had no end yet: the rest of that line is none of its own.</summary>
    private bool isWithinLine;

    /// <inheritdoc/>
    public LineTally Read(long step, LineKinds kinds)
    {
        lock (gate)
        {
            var tally = hasEnded ? kept : kept.Then(ReadOn(step, kinds));
            kept = default;
            return tally;
        }
    }

    void IOutput.Begin(MeasuredRun run, long step, LineKinds kinds) => Begin(new LineCounts(run.Settings.Counted));

    /// <summary>What is written from now on is of another process, in which these are counted.</summary>
    public void Begin(LineCounts counts)
    {
        lock (gate)
        {
            hasEnded = false;
            scanner.Count(counts);
        }
    }

    /// <summary>What is there is read before anything else writes, because whose lines they are is not seen afterwards.</summary>
    public void End(long step, LineKinds kinds)
    {
        lock (gate)
        {
            if (!hasEnded)
                kept = kept.Then(ReadOn(step, kinds));

            hasEnded = true;
        }
    }

    private LineTally ReadOn(long step, LineKinds kinds)
    {
        scanner.Begin(step, kinds);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            lock (files.Turn)
            {
                if (files.Rotations - rotations > MostFiles)
                    (rotations, position, isWithinLine) = (files.Rotations - MostFiles, 0, false);

                for (; rotations < files.Rotations; rotations++)
                {
                    ReadFrom(files.Rotated(files.Rotations - rotations), buffer.AsSpan(0, BlockSize));
                    (position, isWithinLine) = (0, false);
                }

                ReadFrom(files.Path, buffer.AsSpan(0, BlockSize));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It cannot be read now; what is there then is read in the next step.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return scanner.End();
    }

    private void ReadFrom(string path, Span<byte> buffer)
    {
        if (!File.Exists(path))
            return;

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);

        // Somebody else emptied it.
        if (length < position)
            (position, isWithinLine) = (0, false);
        if (length - position <= MostBytes)
            ReadAll(file, length, buffer);
        else
            Sample(file, length, buffer);
    }

    private void ReadAll(SafeFileHandle file, long length, Span<byte> buffer)
    {
        while (position < length)
        {
            var read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - position)], position);
            if (read == 0)
                return;

            var bytes = buffer[..read];
            if (isWithinLine)
            {
                var end = bytes.IndexOf((byte)'\n');
                isWithinLine = end < 0;
                position += end < 0 ? read : end + 1;
                continue;
            }

            var whole = bytes.LastIndexOf((byte)'\n') + 1;
            if (whole > 0)
            {
                scanner.Take(bytes[..whole]);
                position += whole;
            }
            else if (read == buffer.Length)
            {
                // Longer than any line that is looked at.
                scanner.TakeLine(bytes);
                isWithinLine = true;
                position += read;
            }
            else
            {
                // It has no end yet, and is read again when it has.
                return;
            }
        }
    }

    private void Sample(SafeFileHandle file, long length, Span<byte> buffer)
    {
        const int blocks = (int)(MostBytes / BlockSize);
        var span = length - position;
        scanner.Weigh((double)span / MostBytes);
        for (var block = 0; block < blocks; block++)
        {
            var read = RandomAccess.Read(file, buffer, position + ((span - BlockSize) / (blocks - 1) * block));
            var bytes = buffer[..read];
            scanner.Skip();

            // The first line is a part of one as a rule, and so is the last.
            var (start, end) = (bytes.IndexOf((byte)'\n') + 1, bytes.LastIndexOf((byte)'\n') + 1);
            if (end > start)
                scanner.Take(bytes[start..end]);
        }

        scanner.Skip();
        (position, isWithinLine) = (length, true);
        scanner.Weigh(1);
    }
}
