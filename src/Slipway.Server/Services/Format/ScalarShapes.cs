using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Services.Format;

/// <summary>Text. Numbers and flags count as the text they are written as.</summary>
internal sealed class TextShape(string says, int maximum = 1000, Func<string, bool>? rule = null, string? pattern = null, bool mayBeEmpty = false) : ScalarShape<string>
{
    public override string Says => says;

    protected override bool IsText => true;

    public static TextShape Matching(string says, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern, int maximum) =>
        new(says, maximum, new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking).IsMatch, pattern);

    public override Node Write(string value, string place) => value is null ? ScalarNode.Nothing(place) : base.Write(value, place);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = mayBeEmpty ? new JsonArray("string", "number", "boolean") : "string", ["maxLength"] = maximum };
        if (pattern is not null)
            schema["pattern"] = pattern;

        return schema;
    }

    protected override bool TryParse(ScalarNode scalar, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return value.Length <= maximum && (mayBeEmpty || value.Length > 0) && rule?.Invoke(value) != false;
    }
}

internal sealed class FlagShape : ScalarShape<bool>
{
    public override string Says => "true or false";

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    protected override string Text(bool value) => value ? "true" : "false";

    protected override bool TryParse(ScalarNode scalar, out bool value)
    {
        value = scalar.Text == "true";
        return !scalar.Quoted && (value || scalar.Text == "false");
    }
}

internal sealed class WholeShape(int minimum, int maximum) : ScalarShape<int>
{
    public override string Says => $"a whole number from {minimum} to {maximum}";

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    protected override string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    protected override bool TryParse(ScalarNode scalar, out int value) =>
        int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum;
}

/// <summary>A typed value of the contracts: a name, a duration, an amount of instances.</summary>
internal sealed class ValueShape<T>(string says, Func<T, bool>? rule = null) : ScalarShape<T>
    where T : struct, ITextValue<T>
{
    public override string Says => says;

    protected override bool IsText => true;

    public override JsonObject Schema() => typeof(T) == typeof(Contracts.Services.Amount)
        ? new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = T.Pattern }
        : new() { ["type"] = "string", ["pattern"] = T.Pattern };

    protected override string Text(T value) => value.Value;

    protected override bool TryParse(ScalarNode scalar, out T value) => T.TryParse(scalar.Text, out value) && rule?.Invoke(value) != false;
}

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape<T>(string says) : ScalarShape<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Choices = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public override string Says => says;

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Choices.Keys.Select(word => JsonValue.Create(word))]) };

    protected override string Text(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    protected override bool TryParse(ScalarNode scalar, out T value) => Choices.TryGetValue(scalar.Text, out value);
}

/// <summary>Bytes: 500KB, 10MB, 2GB, in steps of 1024.</summary>
internal sealed partial class SizeShape(long minimum, string says) : ScalarShape<long>
{
    private static readonly (string Unit, long Bytes)[] Units = [("TB", 1L << 40), ("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    public override string Says => says;

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Pattern().ToString() };

    protected override string Text(long value)
    {
        var (unit, bytes) = value <= 0 ? Units[^1] : Units.First(u => value % u.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{value / bytes}{unit}");
    }

    protected override bool TryParse(ScalarNode scalar, out long value) => TryParse(scalar.Text, out value) && value >= minimum;

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (!Pattern().IsMatch(text))
            return false;

        var unit = Units.First(u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        var number = long.Parse(text.AsSpan(0, text.Length - unit.Unit.Length), CultureInfo.InvariantCulture);
        bytes = number * unit.Bytes;
        return number <= (1L << 50) / unit.Bytes;
    }

    [GeneratedRegex("^[0-9]{1,15}(B|KB|MB|GB|TB)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
