using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

public sealed class SourceTests
{
    /// <summary>Who may wait for time itself. Everything else is told, or has a timer of its own.</summary>
    private static readonly Dictionary<string, string> MayDelay = new()
    {
        ["src/Slipway.DeploymentTypes/Scripted/ScriptedType.cs"] = "a script that hangs on purpose",
        ["src/Slipway.Agent/Balancing/BalancerEndpoint.cs"] = "no descriptors left: nobody tells when there are again",
        ["src/Slipway.Agent/Convergence/Converger.cs"] = "the longest an ending agent waits, while its own clock may be a test's",
        ["src/Slipway.Server/Instances/Live/TargetSignals.cs"] = "gathers what happens within two milliseconds",
        ["src/Slipway.Server/Changes/ChangeFeed.cs"] = "gathers what happens within moments, and rests after trouble with the database",
        ["src/Slipway.Server/Instances/Storing/StatusWriter.cs"] = "gathers what happens while it rests, and rests after trouble with the disk",
        ["src/Slipway.Server/Instances/Connections/ConnectionCare.cs"] = "the longest a stopping server waits for agents to hang up",
        ["src/Slipway.Agent/Supervision/ServiceProcess.cs"] = "the kernel tells nobody when a process group is empty",
    };

    [Fact]
    public void Namespaces_are_the_folders() => Assert.Empty(
        from file in Tree.Sources
        let match = Regex.Match(Tree.Text(file), @"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)
        where match.Success
        let folder = file[4..file.LastIndexOf('/')].Replace('/', '.')
        where match.Groups["name"].Value != folder
        select $"{file} says {match.Groups["name"].Value}");

    [Fact]
    public void No_file_is_longer_than_400_lines() => Assert.Empty(
        from file in Tree.Files(@"^(src|tests|samples)/.*\.(cs|proto)$")
        where !file.Contains("/Migrations/", StringComparison.Ordinal)
        let lines = Tree.Lines(file).Length
        where lines > 400
        select $"{file}: {lines}");

    /// <summary>With a TimeProvider a test can move the time on.</summary>
    [Fact]
    public void Nothing_sleeps_in_the_sources() => Assert.Empty(
        from file in Tree.Sources
        where !MayDelay.ContainsKey(file)
        from line in Tree.Code(file)
        where line.Contains("Thread.Sleep(", StringComparison.Ordinal) || (line.Contains("Task.Delay(", StringComparison.Ordinal) && !Regex.IsMatch(line, @"Task\.Delay\(.*\b(time|Time|clock|timeProvider)\b"))
        select $"{file}: {line.Trim()}");

    [Fact]
    public void Every_public_type_of_the_contracts_is_documented() => Assert.Empty(
        from file in Tree.Files(@"^src/Slipway\.Contracts/.*\.cs$")
        from name in Undocumented(Tree.Lines(file))
        select $"{file}: {name}");

    [Fact]
    public void Versions_of_packages_are_in_one_file() => Assert.Empty(
        from file in Tree.Files(@"\.(csproj|props|targets)$")
        where file != "Directory.Packages.props"
        where Regex.IsMatch(Tree.Text(file), @"<Package(Reference|Version)[^>]*\sVersion(Override)?=")
        select file);

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() => Assert.Empty(
        from file in Tree.Files(@"\.(cs|csproj|props|slnx|md|json|ya?ml|sh|proto|config)$")
        where !file.StartsWith("tests/Slipway.Architecture.Tests/", StringComparison.Ordinal)
        where Regex.IsMatch(Tree.Text(file), @"/work/(wt|main|shared)|/root/|C:\\Users\\", RegexOptions.IgnoreCase)
        select file);

    private static IEnumerable<string> Undocumented(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!Regex.IsMatch(lines[i], @"^public .*\b(class|record|struct|enum|interface) \w+"))
                continue;

            var above = i - 1;
            while (above >= 0 && (lines[above].StartsWith('[') || lines[above].StartsWith("    ", StringComparison.Ordinal)))
                above--;

            if (above < 0 || !lines[above].StartsWith("///", StringComparison.Ordinal))
                yield return lines[i];
        }
    }
}
