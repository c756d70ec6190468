using System.Globalization;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances.Releases;

/// <summary>"200-299,401" as ranges. What is no range is left out: slipway.yaml was checked when it was applied.</summary>
internal static class StatusRanges
{
    public const string Usual = "200-299";

    public static bool Has(string ranges, int status) => Parse(ranges).Any(range => range.From <= status && status <= range.To);

    public static IEnumerable<StatusRange> Parse(string? text)
    {
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', 2, StringSplitOptions.TrimEntries);
            if (int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
                && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to))
                yield return new() { From = from, To = to };
        }
    }
}
