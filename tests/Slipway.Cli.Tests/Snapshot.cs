using System.Runtime.CompilerServices;
using Xunit;

namespace Slipway.Cli.Tests;

/// <summary>
/// Output that a person has approved, in Snapshots/&lt;class&gt;.&lt;test&gt;.verified.txt. UPDATE_SNAPSHOTS=1 writes what comes out now;
/// the difference is then looked at in review.
/// </summary>
internal static class Snapshot
{
    public static void Matches(string actual, [CallerMemberName] string test = "", [CallerFilePath] string source = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(source)}.{test}.verified.txt";
        var path = Path.Combine(Path.GetDirectoryName(source)!, "Snapshots", name);
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no {name} yet. Run with UPDATE_SNAPSHOTS=1 and look at it. It would be:\n{actual}");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
