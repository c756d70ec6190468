using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>The name of an immutable build of a service, for example 1.4.2 or 2026.11.3-g1f2e3d.</summary>
[JsonConverter(typeof(TextValueConverter<VersionName>))]
public readonly record struct VersionName : ITextValue<VersionName>, IComparable<VersionName>
{
    private readonly string? value;

    private VersionName(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("A default VersionName has no value.");

    public static string Rule => "A version is 1 to 100 letters, digits and . _ + - and begins with a letter or digit.";

    public static string Pattern => @"^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$";

    public static VersionName Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Rule);

    public static bool TryParse([NotNullWhen(true)] string? text, out VersionName value)
    {
        if (TextRules.IsName(text, 100, "._+-"))
        {
            value = new(text!);
            return true;
        }

        value = default;
        return false;
    }

    public int CompareTo(VersionName other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";
}
