using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>A place versions are promoted through: dev, staging, production.</summary>
[JsonConverter(typeof(TextValueConverter<EnvironmentName>))]
public readonly record struct EnvironmentName : ITextValue<EnvironmentName>, IComparable<EnvironmentName>
{
    private readonly string? value;

    private EnvironmentName(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("A default EnvironmentName has no value.");

    public static string Rule => "An environment name is 1 to 63 lower-case letters, digits and dashes, begins with a letter and does not end with a dash.";

    public static string Pattern => @"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$";

    public static EnvironmentName Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Rule);

    public static bool TryParse([NotNullWhen(true)] string? text, out EnvironmentName value)
    {
        if (TextRules.IsSlug(text, 63))
        {
            value = new(text!);
            return true;
        }

        value = default;
        return false;
    }

    public int CompareTo(EnvironmentName other) => string.CompareOrdinal(value, other.value);

    public static bool operator <(EnvironmentName left, EnvironmentName right) => left.CompareTo(right) < 0;

    public static bool operator >(EnvironmentName left, EnvironmentName right) => left.CompareTo(right) > 0;

    public static bool operator <=(EnvironmentName left, EnvironmentName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EnvironmentName left, EnvironmentName right) => left.CompareTo(right) >= 0;

    public override string ToString() => value ?? "";
}
