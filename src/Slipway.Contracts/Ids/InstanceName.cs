using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>A machine (or container) on which an agent runs services. Unique in the whole installation.</summary>
[JsonConverter(typeof(TextValueConverter<InstanceName>))]
public readonly record struct InstanceName : ITextValue<InstanceName>, IComparable<InstanceName>
{
    private readonly string? value;

    private InstanceName(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("A default InstanceName has no value.");

    public static string Rule => "An instance name is 1 to 100 letters, digits and . _ - and begins with a letter or digit.";

    public static string Pattern => @"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";

    public static InstanceName Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Rule);

    public static bool TryParse([NotNullWhen(true)] string? text, out InstanceName value)
    {
        if (TextRules.IsName(text, 100, "._-"))
        {
            value = new(text!);
            return true;
        }

        value = default;
        return false;
    }

    public int CompareTo(InstanceName other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";
}
