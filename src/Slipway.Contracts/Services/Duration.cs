using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Services;

/// <summary>A length of time, written 500ms, 30s, 5m, 2h or 7d.</summary>
[JsonConverter(typeof(TextValueConverter<Duration>))]
public readonly record struct Duration(TimeSpan Time) : ITextValue<Duration>, IComparable<Duration>
{
    private const long Longest = 365L * 86_400_000;

    private static readonly (string Unit, long Milliseconds)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    public static string Rule => "A duration is a whole number with a unit: 500ms, 30s, 5m, 2h or 7d; at most 365d.";

    public static string Pattern => @"^[0-9]{1,9}(ms|s|m|h|d)$";

    public static Duration Zero => default;

    public int Milliseconds => (int)Math.Min(int.MaxValue, Time.TotalMilliseconds);

    public string Value
    {
        get
        {
            var milliseconds = (long)Time.TotalMilliseconds;
            if (milliseconds == 0)
                return "0s";

            var (unit, size) = Units.First(u => milliseconds % u.Milliseconds == 0);
            return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / size}{unit}");
        }
    }

    public static Duration FromSeconds(int seconds) => new(TimeSpan.FromSeconds(seconds));

    public static Duration FromMinutes(int minutes) => new(TimeSpan.FromMinutes(minutes));

    public static bool TryParse([NotNullWhen(true)] string? text, out Duration value)
    {
        value = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9)
            return false;

        foreach (var (unit, size) in Units)
        {
            if (!text.AsSpan(digits).SequenceEqual(unit))
                continue;

            var milliseconds = long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) * size;
            if (milliseconds > Longest)
                return false;

            value = new(TimeSpan.FromMilliseconds(milliseconds));
            return true;
        }

        return false;
    }

    public int CompareTo(Duration other) => Time.CompareTo(other.Time);

    public override string ToString() => Value;
}
