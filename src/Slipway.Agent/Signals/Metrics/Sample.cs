using System.Globalization;

namespace Slipway.Agent.Signals.Metrics;

/// <summary>A line of a page of metrics, with those of its labels that matter here.</summary>
internal readonly ref struct Sample
{
    public ReadOnlySpan<byte> Name { get; private init; }

    public double Value { get; private init; }

    /// <summary>The status of the answers that are counted. Empty: not said.</summary>
    public ReadOnlySpan<byte> Status { get; private init; }

    /// <summary>The upper bound of a bucket. NaN: it is none.</summary>
    public double Bound { get; private init; }

    public bool IsQuantile { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> line, out Sample sample)
    {
        sample = default;
        var nameEnd = line.IndexOfAny((byte)'{', (byte)' ', (byte)'\t');
        if (nameEnd <= 0)
            return false;

        ReadOnlySpan<byte> status = default;
        var (bound, isQuantile) = (double.NaN, false);
        var rest = line[nameEnd..];
        if (rest[0] == (byte)'{')
        {
            rest = rest[1..];
            while (TryLabel(ref rest, out var name, out var value))
            {
                if (IsStatus(name))
                    status = value;
                else if (name.SequenceEqual("le"u8))
                    TryNumber(value, out bound);
                else
                    isQuantile |= name.SequenceEqual("quantile"u8);
            }

            if (rest is not [(byte)'}', .. var after])
                return false;

            rest = after;
        }

        rest = rest.TrimStart(" \t"u8);
        var end = rest.IndexOfAny((byte)' ', (byte)'\t');
        if (!TryNumber(end < 0 ? rest : rest[..end], out var number))
            return false;

        sample = new() { Name = line[..nameEnd], Value = number, Status = status, Bound = bound, IsQuantile = isQuantile };
        return true;
    }

    private static bool TryLabel(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        rest = rest.TrimStart(" ,"u8);
        var equals = rest.IndexOf((byte)'=');
        if (rest.IsEmpty || rest[0] == (byte)'}' || equals < 0)
            return false;

        name = rest[..equals].Trim((byte)' ');
        rest = rest[(equals + 1)..].TrimStart((byte)' ');
        if (rest.IsEmpty || rest[0] != (byte)'"')
            return false;

        var end = 1;
        while (end < rest.Length && rest[end] != (byte)'"')
            end += rest[end] == (byte)'\\' ? 2 : 1;
        if (end >= rest.Length)
            return false;

        value = rest[1..end];
        rest = rest[(end + 1)..].TrimStart((byte)' ');
        return true;
    }

    private static bool IsStatus(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("code"u8) || name.SequenceEqual("status"u8) || name.SequenceEqual("status_code"u8)
        || name.SequenceEqual("http_response_status_code"u8) || name.SequenceEqual("http_status_code"u8);

    private static bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        if (text.SequenceEqual("+Inf"u8) || text.SequenceEqual("Inf"u8))
            number = double.PositiveInfinity;
        else if (text.SequenceEqual("-Inf"u8))
            number = double.NegativeInfinity;
        else if (text.SequenceEqual("NaN"u8) || text.SequenceEqual("Nan"u8))
            number = double.NaN;
        else
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

        return true;
    }
}
