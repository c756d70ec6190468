using System.Globalization;

namespace Slipway.Server.Checks.Declared.Http;

/// <summary>Status codes and ranges of them, as slipway.yaml writes them: 200-299,401.</summary>
internal static class StatusRanges
{
    public const string Usual = "200-299";

    public static bool Has(string ranges, int status) => ranges.Split(',').Any(range => Has(range.AsSpan(), status));

    private static bool Has(ReadOnlySpan<char> range, int status)
    {
        var dash = range.IndexOf('-');
        return dash < 0
            ? Code(range) == status
            : Code(range[..dash]) <= status && status <= Code(range[(dash + 1)..]);
    }

    private static int Code(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
