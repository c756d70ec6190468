using System.Globalization;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Logs;

/// <summary>
/// A service's output: `current.log`, which the service itself holds open for appending, and `current.1.log` (newest) and up, which
/// rotation makes. Reading and rotating take turns, so a reader that follows sees every line that rotation did not lose.
/// </summary>
internal sealed class LogFiles(ServiceFolder folder)
{
    private const long DefaultMaximum = 10 * 1024 * 1024;
    private const int DefaultFiles = 5;

    /// <summary>Held while the files are moved or read.</summary>
    public Lock Turn { get; } = new();

    /// <summary>How often this agent has rotated; a follower that sees another number finds its place in <see cref="Rotated"/> 1.</summary>
    public int Rotations { get; private set; }

    public string Path { get; } = Current(folder);

    public static string Current(ServiceFolder folder) => System.IO.Path.Combine(folder.Logs, "current.log");

    public string Rotated(int number) =>
        System.IO.Path.Combine(folder.Logs, string.Create(CultureInfo.InvariantCulture, $"current.{number}.log"));

    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>
    /// Copies and empties: the service cannot be told to open another file. What it writes between the end of the copy and the emptying
    /// is lost; the copy goes on until it has caught up, which leaves microseconds.
    /// </summary>
    public void RotateIfTooLarge(LogRotation? settings)
    {
        var maximum = settings is { MaximumBytes: > 0 } ? settings.MaximumBytes : DefaultMaximum;
        if (Length <= maximum)
            return;

        lock (Turn)
        {
            var files = settings is { Files: > 0 } ? settings.Files : DefaultFiles;
            for (var number = files; number >= 1; number--)
            {
                if (!File.Exists(Rotated(number)))
                    continue;
                if (number == files)
                    File.Delete(Rotated(number));
                else
                    File.Move(Rotated(number), Rotated(number + 1), overwrite: true);
            }

            CopyAndEmpty(Rotated(1));
            Rotations++;
        }
    }

    private void CopyAndEmpty(string copy)
    {
        using var from = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var to = new FileStream(copy, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var buffer = new byte[128 * 1024];
        while (from.Read(buffer) is > 0 and var read)
            to.Write(buffer.AsSpan(0, read));
        from.SetLength(0);
    }
}
