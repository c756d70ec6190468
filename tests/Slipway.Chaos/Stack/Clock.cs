using System.Globalization;

namespace Slipway.Chaos.Stack;

/// <summary>The wall clock that one program sees, moved by libfaketime where that is installed. Its steady clock goes on as ever, as on a machine whose time is set.</summary>
internal sealed class Clock
{
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true }).FirstOrDefault()
        : null;

    private readonly string file;

    /// <param name="moves">False: it is the machine's, because the library makes a program slower.</param>
    public Clock(string folder, string name, bool moves)
    {
        Moves = moves && IsPossible;
        file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "clocks")).FullName, name);
        Jump(TimeSpan.Zero);
    }

    /// <summary>The library leaves files of killed programs in /dev/shm, so it is used only where that is the run's own.</summary>
    public static bool IsPossible => Library is not null && Sandbox.IsInside;

    public bool Moves { get; }

    public IReadOnlyDictionary<string, string> Environment => Moves
        ? new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library!,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_CACHE_DURATION"] = "1",
        }
        : new Dictionary<string, string>();

    /// <summary>From the true time.</summary>
    public void Jump(TimeSpan by)
    {
        File.WriteAllText(file + ".new", by.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
