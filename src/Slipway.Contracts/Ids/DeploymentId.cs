using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>One attempt to bring a target to a version and config revision. Made by the server: "d-" and ten characters.</summary>
[JsonConverter(typeof(TextValueConverter<DeploymentId>))]
public readonly record struct DeploymentId : ITextValue<DeploymentId>, IComparable<DeploymentId>
{
    private readonly string? value;

    private DeploymentId(string value) => this.value = value;

    public string Value => value ?? throw new InvalidOperationException("A default DeploymentId has no value.");

    public static string Rule => "A deployment id is d- and ten lower-case letters and digits.";

    public static string Pattern => @"^d-[0-9a-hjkmnp-tv-z]{10}$";

    public static DeploymentId Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Rule);

    public static bool TryParse([NotNullWhen(true)] string? text, out DeploymentId value)
    {
        if (text is { Length: 12 } && text.StartsWith("d-", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept("0123456789abcdefghjkmnpqrstvwxyz") < 0)
        {
            value = new(text!);
            return true;
        }

        value = default;
        return false;
    }

    public int CompareTo(DeploymentId other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";

    /// <summary>50 random bits: with a million deployments the chance of any two being equal is below 1 in 2,000, and the database refuses the second.</summary>
    public static DeploymentId New() =>
        new("d-" + System.Security.Cryptography.RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 10));
}
