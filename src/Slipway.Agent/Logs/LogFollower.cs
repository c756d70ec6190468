namespace Slipway.Agent.Logs;

/// <summary>Sends what a service says from a place in its log on, across rotations. Looks four times a second, only while somebody follows.</summary>
internal sealed class LogFollower(LogFiles files, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private const int BlockSize = 64 * 1024;
    private const int LinesPerChunk = 500;

    private readonly LineSplitter splitter = new();
    private readonly byte[] buffer = new byte[BlockSize];

    /// <param name="rotations">What <see cref="LogFiles.Rotations"/> said when the position was taken.</param>
    public async Task FollowAsync(long position, int rotations, Func<IReadOnlyList<string>, ValueTask> send, CancellationToken cancellation)
    {
        while (true)
        {
            List<string> lines = [];
            lock (files.Turn)
                ReadNew(ref position, ref rotations, lines);

            foreach (var chunk in lines.Chunk(LinesPerChunk))
                await send(chunk);
            if (lines.Count == 0)
                await Task.Delay(Pause, time, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private void ReadNew(ref long position, ref int rotations, List<string> lines)
    {
        if (rotations != files.Rotations)
        {
            // The rest of what was read is in the copy, at the same place; it is read to its end before the new file is begun.
            if (ReadFrom(files.Rotated(files.Rotations - rotations), ref position, lines) == BlockSize)
                return;

            rotations++;
            position = 0;
            return;
        }

        // Somebody else emptied the file.
        if (files.Length < position)
            position = 0;
        ReadFrom(files.Path, ref position, lines);
    }

    private int ReadFrom(string path, ref long position, List<string> lines)
    {
        if (!File.Exists(path))
            return 0;

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Position = position;
        var read = file.ReadAtLeast(buffer, BlockSize, throwOnEndOfStream: false);
        splitter.Add(buffer.AsSpan(0, read), lines);
        position += read;
        return read;
    }
}
