namespace Slipway.Agent.Signals.Lines;

/// <summary>A kind of error line, and how many of it there were in the last steps.</summary>
internal sealed class Kind(string[] words, (int Words, string First, string Second) key, string example)
{
    private readonly string[] words = words;
    private readonly ushort[] counts = new ushort[SignalRing.Capacity];
    private long last = -1;

    public (int Words, string First, string Second) Key => key;

    public string Example => example;

    public string Template { get; private set; } = Join(words);

    /// <summary>The same wherever the template is.</summary>
    public uint Id { get; private set; } = TextId.Of(Join(words));

    /// <summary>Larger is later.</summary>
    public long SeenAt { get; set; }

    public int InCommon(string[] others)
    {
        var same = 0;
        for (var at = 0; at < words.Length; at++)
            same += words[at] == others[at] ? 1 : 0;

        return same;
    }

    /// <summary>Where a line of this kind says something else, anything may be said.</summary>
    public void Generalize(string[] others)
    {
        var isNew = false;
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] == others[at] || words[at] == LineMask.Any)
                continue;

            words[at] = LineMask.Any;
            isNew = true;
        }

        if (!isNew)
            return;

        Template = Join(words);
        Id = TextId.Of(Template);
    }

    public void Count(long step, int lines)
    {
        for (var missed = Math.Max(last + 1, step - SignalRing.Capacity + 1); missed <= step; missed++)
            counts[missed % SignalRing.Capacity] = 0;

        last = step;
        ref var count = ref counts[step % SignalRing.Capacity];
        count = (ushort)Math.Min(ushort.MaxValue, count + lines);
    }

    public int At(long step) => step > last || step <= last - SignalRing.Capacity ? 0 : counts[step % SignalRing.Capacity];

    private static string Join(string[] words)
    {
        var text = string.Join(' ', words);
        if (text.Length <= LineText.Longest)
            return text;

        // Half a character is none.
        return text[..(char.IsHighSurrogate(text[LineText.Longest - 1]) ? LineText.Longest - 1 : LineText.Longest)];
    }
}
