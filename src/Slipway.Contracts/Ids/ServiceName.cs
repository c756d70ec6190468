using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>Something that is deployed as one unit.</summary>
[JsonConverter(typeof(TextValueConverter<ServiceName>))]
public readonly record struct ServiceName : ITextValue<ServiceName>, IComparable<ServiceName>
{
    private readonly string? value;

    private ServiceName(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("A default ServiceName has no value.");

    public static string Rule => "A service name is 1 to 63 lower-case letters, digits and dashes, begins with a letter and does not end with a dash.";

    public static string Pattern => @"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$";

    public static ServiceName Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Rule);

    public static bool TryParse([NotNullWhen(true)] string? text, out ServiceName value)
    {
        if (TextRules.IsSlug(text, 63))
        {
            value = new(text!);
            return true;
        }

        value = default;
        return false;
    }

    public int CompareTo(ServiceName other) => string.CompareOrdinal(value, other.value);

    public static bool operator <(ServiceName left, ServiceName right) => left.CompareTo(right) < 0;

    public static bool operator >(ServiceName left, ServiceName right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServiceName left, ServiceName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServiceName left, ServiceName right) => left.CompareTo(right) >= 0;

    public override string ToString() => value ?? "";
}
