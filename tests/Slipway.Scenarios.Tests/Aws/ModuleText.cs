using System.Text.RegularExpressions;

namespace Slipway.Scenarios.Tests.Aws;

/// <summary>The Terraform module as text, for what can be known without Terraform.</summary>
internal static partial class ModuleText
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy", "aws");

    public static IReadOnlyList<string> Files { get; } = [.. Directory.GetFiles(Folder, "*.tf").Order(StringComparer.Ordinal)];

    public static string All { get; } = string.Join('\n', Files.Select(File.ReadAllText));

    public static IReadOnlyDictionary<string, string> Variables => Blocks("variable");

    public static IReadOnlyDictionary<string, string> Outputs => Blocks("output");

    /// <summary>"sqs:ReceiveMessage" and its like.</summary>
    public static IReadOnlySet<string> Actions(string text) => Action().Matches(text).Select(match => match.Groups["action"].Value).ToHashSet();

    /// <summary>Name and body of every block of a kind. Formatted text ends a block with a brace at the beginning of a line.</summary>
    private static Dictionary<string, string> Blocks(string kind) =>
        Regex.Matches(All, $$"""^{{kind}} "(?<name>\w+)" \{\n(?<body>.*?)^\}""", RegexOptions.Multiline | RegexOptions.Singleline)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["body"].Value);

    [GeneratedRegex("""(?<=")(?<action>(sns|sqs|s3|kms):[A-Z][A-Za-z]+\*?)(?=")""")]
    private static partial Regex Action();
}
