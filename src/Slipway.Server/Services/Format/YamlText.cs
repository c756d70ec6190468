using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Slipway.Server.Services.Format;

/// <summary>YAML to nodes that know their line and column. Bounded in depth and size, aliases counted at what they expand to.</summary>
internal static class YamlText
{
    private const int Deepest = 32;
    private const int MostNodes = 10_000;
    private const int MostCharacters = 1024 * 1024;

    /// <summary>Null: it cannot be read, and the mistakes say where.</summary>
    public static Node? Read(ReadOnlySpan<byte> utf8, Mistakes mistakes)
    {
        try
        {
            return Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8), mistakes);
        }
        catch (DecoderFallbackException)
        {
            mistakes.Add("line 1, column 1", "The file is not UTF-8 text. Save it as UTF-8.");
            return null;
        }
    }

    public static Node? Read(string text, Mistakes mistakes)
    {
        text = text.TrimStart('\uFEFF');
        if (HasControlCharacter(text, mistakes))
            return null;

        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            return new Reading(new Parser(scanner), mistakes).Document();
        }
#pragma warning disable CA1031 // The parser has bugs that end in other exceptions than its own; none of them may be more than a wrong file.
        catch (Exception exception) when (exception is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            var at = exception is YamlException yaml ? yaml.End : scanner.CurrentPosition;
            var (place, problem) = exception.Message.Contains("tab", StringComparison.Ordinal) && FirstTab(text) is { } tab
                ? (tab, "A tab cannot indent; use spaces.")
                : (Place(at), Sentence(exception));
            mistakes.Add(place, problem);
            return null;
        }
    }

    internal static string Place(in Mark mark) => Place(mark.Line, mark.Column);

    private static string Place(long line, long column) =>
        string.Create(CultureInfo.InvariantCulture, $"line {line}, column {Math.Max(1, column)}");

    private static string Sentence(Exception exception) => exception switch
    {
        Refused => exception.Message,
        YamlException => $"This is not YAML: {char.ToLowerInvariant(exception.Message[0])}{exception.Message[1..].TrimEnd('.')}.",
        _ => "This is not YAML: a bracket, quote or colon is missing or too much near here.",
    };

    private static bool HasControlCharacter(string text, Mistakes mistakes)
    {
        for (int i = 0, line = 1, start = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                (line, start) = (line + 1, i + 1);
            else if (char.IsControl(text[i]) && text[i] is not ('\r' or '\t'))
            {
                mistakes.Add(Place(line, i - start + 1), "There is a control character here; YAML allows none.");
                return true;
            }
        }

        return false;
    }

    private static string? FirstTab(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = lines[i].AsSpan().IndexOfAnyExcept(" \t");
            if (indent > 0 && lines[i].AsSpan(0, indent).IndexOf('\t') is var tab and >= 0)
                return Place(i + 1, tab + 1);
        }

        return null;
    }

    private sealed class Refused(in Mark at, string problem) : YamlException(at, at, problem);

    private sealed class Reading(Parser parser, Mistakes mistakes)
    {
        private readonly Dictionary<string, Anchored> anchors = [];
        private int nodes;
        private int characters;

        public Node? Document()
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                mistakes.Add("line 1, column 1", "The file is empty. The smallest definition is: service, run and health.");
                return null;
            }

            var root = Next(1);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<DocumentStart>(out var second)
                ? throw new Refused(second.Start, "A file describes one service; a second document begins here.")
                : root;
        }

        private Node Next(int depth)
        {
            var current = parser.Current!;
            if (depth > Deepest)
                throw new Refused(current.Start, $"Nested deeper than {Deepest} levels.");

            if (parser.TryConsume<AnchorAlias>(out var alias))
                return Expanded(alias);

            var (nodesBefore, charactersBefore) = (nodes, characters);
            Count(current.Start, 1, current is YamlScalar text ? text.Value.Length : 0);
            var anchor = ((NodeEvent)current).Anchor;
            if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag })
                mistakes.Add(Place(current.Start), $"Tags such as {tag.Value} are not used here; write the value plainly.");

            Node node = current switch
            {
                MappingStart => Map(depth),
                SequenceStart => List(depth),
                _ => Value(),
            };
            if (!anchor.IsEmpty)
                anchors[anchor.Value] = new Anchored(node, nodes - nodesBefore, characters - charactersBefore);

            return node;
        }

        private Node Expanded(AnchorAlias alias)
        {
            if (!anchors.TryGetValue(alias.Value.Value, out var anchored))
                throw new Refused(alias.Start, $"*{alias.Value.Value} stands for nothing: there is no &{alias.Value.Value} before it.");

            Count(alias.Start, anchored.Nodes, anchored.Characters);
            return anchored.Node;
        }

        private void Count(in Mark at, int moreNodes, int moreCharacters)
        {
            nodes += moreNodes;
            characters += moreCharacters;
            if (nodes > MostNodes || characters > MostCharacters)
                throw new Refused(at, $"The definition is too large: more than {MostNodes} values or {MostCharacters / 1024} KB of text, aliases counted each time.");
        }

        private ScalarNode Value()
        {
            var scalar = parser.Consume<YamlScalar>();
            return new(Place(scalar.Start), scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any));
        }

        private ListNode List(int depth)
        {
            var start = parser.Consume<SequenceStart>();
            var items = new List<Node>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Next(depth + 1));

            return new(Place(start.Start), items);
        }

        private MapNode Map(int depth)
        {
            var start = parser.Consume<MappingStart>();
            var entries = new List<MapEntry>();
            var places = new Dictionary<string, string>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Next(depth + 1);
                var value = Next(depth + 1);
                if (key is not ScalarNode name)
                    mistakes.Add(key, "A key must be a word.");
                else if (!places.TryAdd(name.Text, name.Place))
                    mistakes.Add(key, $"\"{name.Text}\" is there twice, first at {places[name.Text]}.");
                else
                    entries.Add(new(name, value));
            }

            return new(Place(start.Start), entries);
        }

        private readonly record struct Anchored(Node Node, int Nodes, int Characters);
    }
}
