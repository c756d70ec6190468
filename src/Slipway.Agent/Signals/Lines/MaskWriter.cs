namespace Slipway.Agent.Signals.Lines;

/// <summary>Writes a masked line: one space between words, and one mark for a row of them, since how many there are differs, too.</summary>
internal ref struct MaskWriter(Span<char> target)
{
    private readonly Span<char> target = target;
    private int length;

    /// <summary>Nothing was said yet but what differs.</summary>
    public readonly bool IsAtBeginning => target[..length].TrimEnd(' ') is var before && (before.IsEmpty || before.SequenceEqual(LineMask.Any));

    public void Text(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, target.Length - length)];
        text.CopyTo(target[length..]);
        length += text.Length;
    }

    public void Space()
    {
        if (length > 0 && target[length - 1] != ' ')
            Text(" ");
    }

    public void Any()
    {
        var before = target[..length].TrimEnd(" ,;");
        if (before.EndsWith(LineMask.Any))
            length = before.Length;
        else
            Number();
    }

    /// <summary>Within a word.</summary>
    public void Number() => Text(LineMask.Any);

    public readonly int End() => target[..length].TrimEnd(' ').Length;
}
