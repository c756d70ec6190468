using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Slipway.Server.Services.Format;

/// <summary>A command: a line of text, split into words as a shell would, or the list of its words.</summary>
internal sealed class WordsShape : Shape<IReadOnlyList<string>>
{
    private const int MostWords = 200;
    private const int LongestWord = 8 * 1024;
    private readonly TextShape word = new("a word of the command", LongestWord, mayBeEmpty: true);

    public override string Says => "a command, as a line of text or as a list of words";

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = null;
        switch (node)
        {
            case ScalarNode { IsNothing: false } line:
                if (ShellWords.TrySplit(line.Text, out value, out var problem))
                    break;

                mistakes.Add(node, problem);
                return false;
            case ListNode { Items.Count: > 0 and <= MostWords } list:
                if (!new ListShape<string>(Says, word, 1, MostWords).TryRead(list, mistakes, out value))
                    return false;

                break;
            default:
                return Refuse(node, mistakes, out value);
        }

        if (value[0].Length > 0 && value.Count <= MostWords && value.All(text => text.Length <= LongestWord && Placeholders.AreClosed(text)))
            return true;

        mistakes.Add(node, $"A command has 1 to {MostWords} words of up to {LongestWord} characters, a first word, and every ${{ closed with }}.");
        return false;
    }

    public override Node Write(IReadOnlyList<string> value, string place) =>
        new ListNode(place, [.. value.Select((text, index) => word.Write(text, $"{place}[{index}]"))]);

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            new JsonObject { ["type"] = "array", ["items"] = word.Schema(), ["minItems"] = 1, ["maxItems"] = MostWords }),
    };
}

/// <summary>What run means with shell: true: one line for /bin/sh, not split.</summary>
internal sealed class ShellLineShape : Shape<IReadOnlyList<string>>
{
    private readonly TextShape line = new("one line for /bin/sh, because shell is true", 16 * 1024);

    public override string Says => line.Says;

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = line.TryRead(node is ListNode { Items: [var only] } ? only : node, mistakes, out var text) ? [text] : null;
        return value is not null;
    }

    public override Node Write(IReadOnlyList<string> value, string place) =>
        value is [var only] ? line.Write(only, place) : new ListNode(place, [.. value.Select(text => line.Write(text, place))]);

    public override JsonObject Schema() => line.Schema();
}

internal static class Placeholders
{
    /// <summary>Every ${ has its }; $${ is a literal ${.</summary>
    public static bool AreClosed(string text)
    {
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            if ((at == 0 || text[at - 1] != '$') && text.IndexOf('}', at) < 0)
                return false;
        }

        return true;
    }
}
