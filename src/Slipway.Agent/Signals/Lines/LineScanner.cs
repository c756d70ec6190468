namespace Slipway.Agent.Signals.Lines;

/// <summary>Counts lines, and tells kinds of errors from them. The lines of a stack trace are lines but no further errors.</summary>
internal sealed class LineScanner
{
    private const int LongestLooked = 4096;

    /// <summary>Errors of a step beyond these are told apart only now and then: a service that only fails would cost the most.</summary>
    private const int MostMined = 500;
    private const int OneOf = 16;

    private readonly byte[] plain = new byte[LongestLooked];
    private byte[] header = [];
    private LineKinds kinds = null!;
    private LineCounts counts = LineCounts.None;
    private Within within;
    private long step;
    private double weight;
    private double lines;
    private double warnings;
    private double errors;
    private int mined;
    private bool isSampled;

    /// <summary>What the line before was a part of.</summary>
    private enum Within
    {
        Nothing,

        /// <summary>An error or a warning, of which the stack may follow.</summary>
        Event,

        /// <summary>Something else, of which more may follow.</summary>
        Quiet,

        /// <summary>A stack of Python's that is an error by itself; its last line says which.</summary>
        Traceback,

        /// <summary>One that belongs to an error that was logged.</summary>
        TracebackOfEvent,

        /// <summary>.NET's console; what was said comes in the next line.</summary>
        Header,
    }

    public void Begin(long atStep, LineKinds to)
    {
        (step, kinds, weight, isSampled, mined) = (atStep, to, 1, false, 0);
        (lines, warnings, errors) = (0, 0, 0);
    }

    /// <summary>From now on these are counted.</summary>
    public void Count(LineCounts counted)
    {
        TakeHeader([]);
        (counts, within) = (counted, Within.Nothing);
    }

    /// <summary>How many lines each one stands for from now on.</summary>
    public void Weigh(double factor)
    {
        weight = factor;
        isSampled |= factor > 1;
    }

    /// <summary>Something was left out.</summary>
    public void Skip()
    {
        TakeHeader([]);
        within = Within.Nothing;
    }

    public LineTally End()
    {
        TakeHeader([]);
        return new(lines, warnings, errors, isSampled) { Counted = counts.End() };
    }

    /// <param name="bytes">Whole lines.</param>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            TakeLine(end < 0 ? bytes : bytes[..end]);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    /// <param name="beside">How bad it is said to be beside it, for a line that says nothing of that itself.</param>
    public void TakeLine(ReadOnlySpan<byte> line, LineLevel beside = LineLevel.None)
    {
        lines += weight;
        line = line[..Math.Min(line.Length, LongestLooked)].TrimEnd((byte)'\r');
        if (line.Contains((byte)0x1b))
            line = AnsiColors.Remove(line, plain);
        if (line.IsEmpty)
            return;

        counts.Take(line, weight);
        var isIndented = line[0] is (byte)' ' or (byte)'\t';
        switch (within)
        {
            case Within.Header:
                TakeHeader(isIndented ? line : []);
                if (isIndented)
                    return;
                break;
            case Within.Traceback or Within.TracebackOfEvent when isIndented:
            case Within.Event or Within.Quiet when isIndented:
                return;
            case Within.TracebackOfEvent:
                within = Within.Event;
                return;
            case Within.Traceback:
                Error(line);
                return;
        }

        TakeFresh(line, beside);
    }

    private void TakeFresh(ReadOnlySpan<byte> line, LineLevel beside)
    {
        // Python between two stacks of one error.
        if (within == Within.Event && (line.StartsWith("During handling of the above exception"u8) || line.StartsWith("The above exception was the"u8)))
            return;

        var level = LevelOfLine.Of(line, out var form);
        if (level == LineLevel.None)
            level = beside;
        if (within == Within.Event && level == LineLevel.Error && form is LineForm.Exception or LineForm.Traceback)
        {
            within = form == LineForm.Traceback ? Within.TracebackOfEvent : Within.Event;
            return;
        }

        switch (level)
        {
            case LineLevel.Error when form == LineForm.Traceback:
                within = Within.Traceback;
                break;
            case LineLevel.Error when form == LineForm.Header:
                header = line.ToArray();
                within = Within.Header;
                break;
            case LineLevel.Error:
                Error(line);
                break;
            case LineLevel.Warning:
                warnings += weight;
                counts.Take(LineLevel.Warning, weight);
                within = Within.Event;
                break;
            default:
                within = level == LineLevel.Low ? Within.Quiet : Within.Nothing;
                break;
        }
    }

    private void TakeHeader(ReadOnlySpan<byte> said)
    {
        if (within != Within.Header)
            return;

        Error([.. header, (byte)' ', .. said.TrimStart((byte)' ')]);
    }

    private void Error(ReadOnlySpan<byte> line)
    {
        errors += weight;
        counts.Take(LineLevel.Error, weight);
        within = Within.Event;
        var factor = mined < MostMined ? 1 : OneOf;
        if (mined++ % factor == 0)
            kinds.Add(line, step, weight * factor);
    }
}
