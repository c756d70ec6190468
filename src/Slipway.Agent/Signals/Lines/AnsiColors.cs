namespace Slipway.Agent.Signals.Lines;

/// <summary>Takes out what only a terminal understands.</summary>
internal static class AnsiColors
{
    private const byte Escape = 0x1b;

    /// <param name="target">At least as long.</param>
    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> line, Span<byte> target)
    {
        var length = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] != Escape)
            {
                target[length++] = line[at];
                continue;
            }

            // ESC [ parameters, and one letter.
            if (at + 1 < line.Length && line[at + 1] == (byte)'[')
            {
                at += 2;
                while (at < line.Length && line[at] is < (byte)'@' or > (byte)'~')
                    at++;
            }
        }

        return target[..length];
    }
}
