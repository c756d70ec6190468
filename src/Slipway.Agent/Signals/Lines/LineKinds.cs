using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals.Lines;

/// <summary>
/// Finds what lines have in common while they come, after He, Zhu, Zheng and Lyu, "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017:
/// lines of as many words, the first two of them the same, are compared word by word with the kinds known; enough words in common, and it is that kind, with
/// <c>&lt;*&gt;</c> where they differ. Unlike there, what surely differs is masked before, so that instances that see other lines first find the same kinds;
/// and more words must be the same, because those that differ are words by then.
/// </summary>
internal sealed class LineKinds
{
    public const int MostKinds = 100;

    private const int MostWords = 60;
    private const int MostMasked = 200;
    private const double Similar = 0.6;
    private readonly Lock gate = new();
    private readonly List<Kind> kinds = [];
    private readonly Dictionary<(int Words, string First, string Second), List<Kind>> leaves = [];

    /// <summary>Lines that were seen already, but for what differs: most are.</summary>
    private readonly Dictionary<string, Kind> byMasked = new(StringComparer.Ordinal);

    private long clock;

    /// <param name="weight">How many lines this one stands for.</param>
    public void Add(ReadOnlySpan<byte> line, long step, double weight)
    {
        Span<char> said = stackalloc char[LineText.Longest];
        Span<char> masked = stackalloc char[2 * LineText.Longest];
        var text = (ReadOnlySpan<char>)masked[..LineMask.Apply(said[..LineText.Said(line, said)], masked)];
        lock (gate)
        {
            if (!byMasked.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var kind))
            {
                kind = Find(Words(text), line);
                if (byMasked.Count >= MostMasked)
                    byMasked.Clear();
                byMasked[text.ToString()] = kind;
            }

            kind.SeenAt = ++clock;
            kind.Count(step, Math.Max(1, (int)Math.Round(weight)));
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            kinds.Clear();
            leaves.Clear();
            byMasked.Clear();
        }
    }

    /// <summary>Those of which there were lines in these steps.</summary>
    /// <param name="told">Those whose words need not be told.</param>
    public void Tell(RepeatedField<V1.LineKind> target, long first, int count, IReadOnlySet<uint> told)
    {
        lock (gate)
        {
            foreach (var kind in kinds)
            {
                var line = told.Contains(kind.Id) ? new V1.LineKind { Id = kind.Id } : new() { Id = kind.Id, Template = kind.Template, Example = kind.Example };
                for (var offset = 0; offset < count; offset++)
                {
                    if (kind.At(first + offset) is not (> 0 and var lines))
                        continue;

                    line.At.Add(offset);
                    line.Counts.Add(lines);
                }

                if (line.At.Count > 0)
                    target.Add(line);
            }
        }
    }

    private Kind Find(string[] words, ReadOnlySpan<byte> line)
    {
        var key = Key(words);
        ref var leaf = ref CollectionsMarshal.GetValueRefOrAddDefault(leaves, key, out _);
        leaf ??= [];
        var (best, most) = ((Kind?)null, 0);
        foreach (var known in leaf)
        {
            if (known.InCommon(words) is var same && same > most)
                (best, most) = (known, same);
        }

        if (best is not null && most >= Similar * words.Length)
        {
            best.Generalize(words);
            return best;
        }

        var kind = new Kind(words, key, LineText.Example(line));
        leaf.Add(kind);
        kinds.Add(kind);
        if (kinds.Count > MostKinds)
            DropLeastRecent(kind);

        return kind;
    }

    private void DropLeastRecent(Kind newest)
    {
        var oldest = kinds[0];
        foreach (var kind in kinds)
        {
            if (kind != newest && kind.SeenAt < oldest.SeenAt)
                oldest = kind;
        }

        kinds.Remove(oldest);
        leaves[oldest.Key].Remove(oldest);
        if (leaves[oldest.Key].Count == 0)
            leaves.Remove(oldest.Key);
        byMasked.Clear();
    }

    private static string[] Words(ReadOnlySpan<char> text)
    {
        List<string> words = [];
        foreach (var range in text.Split(' '))
        {
            if (words.Count == MostWords)
            {
                words.Add(LineMask.Any);
                break;
            }

            words.Add(text[range].ToString());
        }

        return [.. words];
    }

    /// <summary>What leads to the leaf: a word that differs from line to line leads nowhere else than any other such word.</summary>
    private static (int Words, string First, string Second) Key(string[] words) => (words.Length, Step(words, 0), Step(words, 1));

    private static string Step(string[] words, int at)
    {
        if (at >= words.Length)
            return "";

        return words[at].Contains(LineMask.Any, StringComparison.Ordinal) ? LineMask.Any : words[at];
    }
}
