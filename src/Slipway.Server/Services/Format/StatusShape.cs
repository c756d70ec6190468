using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Slipway.Server.Services.Format;

/// <summary>HTTP status codes and ranges of them: 200-299,401.</summary>
internal sealed class StatusShape : ScalarShape<string>
{
    public override string Says => "status codes from 100 to 599 and ranges of them, such as 200-299,401";

    protected override bool IsText => true;

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = "^[1-5][0-9]{2}(-[1-5][0-9]{2})?( *, *[1-5][0-9]{2}(-[1-5][0-9]{2})?)*$" };

    protected override bool TryParse(ScalarNode scalar, [MaybeNullWhen(false)] out string value)
    {
        var ranges = scalar.Text.Split(',', StringSplitOptions.TrimEntries);
        value = string.Join(',', ranges);
        return ranges.Length <= 50 && ranges.All(IsRange);
    }

    private static bool IsRange(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? TryCode(text, out _)
            : TryCode(text.AsSpan(0, dash), out var first) && TryCode(text.AsSpan(dash + 1), out var last) && first <= last;
    }

    private static bool TryCode(ReadOnlySpan<char> text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
