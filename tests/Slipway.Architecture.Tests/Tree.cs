using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>The repository's own files, as git knows them.</summary>
internal static partial class Tree
{
    private static readonly Lazy<IReadOnlyList<string>> All = new(List);

    public static string Root { get; } = typeof(Tree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static IEnumerable<string> Files(string pattern) => All.Value.Where(file => Regex.IsMatch(file, pattern));

    /// <summary>Source that a person wrote.</summary>
    public static IEnumerable<string> Sources => Files(@"^src/.*\.cs$").Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>"src/Slipway.Server/Targets/Read.cs" is in "Slipway.Server/Targets"; files beside a project file are in the project.</summary>
    public static string Folder(string file) => file.Split('/') is [_, var project, var folder, _, ..] ? $"{project}/{folder}" : file.Split('/')[1];

    /// <summary>The lines without comments.</summary>
    public static IEnumerable<string> Code(string file) => Lines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    public static IEnumerable<string> Usings(string file) => UsingDirective().Matches(Text(file)).Select(match => match.Groups["name"].Value);

    private static List<string> List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "ls-files", "-co", "--exclude-standard"]) { RedirectStandardOutput = true })!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file))).ToList();
        git.WaitForExit();
        return files.Count > 0 ? files : throw new InvalidOperationException($"git lists no files in {Root}.");
    }

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingDirective();
}
