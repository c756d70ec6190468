using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>The sha256 of an artifact, 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(TextValueConverter<ArtifactDigest>))]
public readonly record struct ArtifactDigest : ITextValue<ArtifactDigest>, IComparable<ArtifactDigest>
{
    private readonly string? value;

    private ArtifactDigest(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("A default ArtifactDigest has no value.");

    public static string Rule => "A digest is the 64 lower-case hexadecimal digits of a sha256.";

    public static string Pattern => @"^[0-9a-f]{64}$";

    public static ArtifactDigest Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Rule);

    public static bool TryParse([NotNullWhen(true)] string? text, out ArtifactDigest value)
    {
        if (text is { Length: 64 } && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0)
        {
            value = new(text!);
            return true;
        }

        value = default;
        return false;
    }

    public int CompareTo(ArtifactDigest other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";
}
