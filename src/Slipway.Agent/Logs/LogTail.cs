namespace Slipway.Agent.Logs;

/// <summary>Reads the last lines of a file from its end, so that a large log costs no more than a small one.</summary>
internal static class LogTail
{
    public const int LongestLine = 16 * 1024;
    private const int BlockSize = 64 * 1024;

    /// <summary>The last lines of the service's output, from as many files as it takes.</summary>
    /// <param name="end">Where in the current file the last of them ended.</param>
    /// <param name="rotations">How often the files had been rotated then.</param>
    public static List<string> Read(LogFiles files, int count, out long end, out int rotations)
    {
        lock (files.Turn)
        {
            (end, rotations) = (files.Length, files.Rotations);
            var lines = Read(files.Path, count, 0, end);
            for (var number = 1; lines.Count < count && File.Exists(files.Rotated(number)); number++)
                lines.InsertRange(0, Read(files.Rotated(number), count - lines.Count, 0, long.MaxValue));
            return lines;
        }
    }

    /// <summary>The last lines between two places of a file.</summary>
    public static List<string> Read(string path, int count, long from, long to)
    {
        if (count <= 0 || !File.Exists(path))
            return [];

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        to = Math.Min(to, file.Length);
        from = Math.Max(from, StartOfLastLines(file, count, from, to));
        file.Position = from;

        var splitter = new LineSplitter();
        List<string> lines = [];
        var buffer = new byte[BlockSize];
        while (from < to && file.Read(buffer.AsSpan(0, (int)Math.Min(BlockSize, to - from))) is > 0 and var read)
        {
            splitter.Add(buffer.AsSpan(0, read), lines);
            from += read;
        }

        splitter.End(lines);
        return lines.Count > count ? lines[^count..] : lines;
    }

    private static long StartOfLastLines(FileStream file, int count, long from, long to)
    {
        // Lines longer than that are cut, so the lines asked for cannot need more than this.
        var earliest = Math.Max(from, to - ((long)count * LongestLine));
        var buffer = new byte[BlockSize];
        var found = 0;
        for (var blockEnd = to; blockEnd > earliest;)
        {
            var blockStart = Math.Max(earliest, blockEnd - BlockSize);
            file.Position = blockStart;
            var block = buffer.AsSpan(0, (int)(blockEnd - blockStart));
            block = block[..file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)];
            for (var at = block.LastIndexOf((byte)'\n'); at >= 0; at = block[..at].LastIndexOf((byte)'\n'))
            {
                // The newline that ends the last line begins none.
                if (blockStart + at != to - 1 && ++found == count)
                    return blockStart + at + 1;
            }

            blockEnd = blockStart;
        }

        return earliest;
    }
}
