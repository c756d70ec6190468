using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Services;

/// <summary>A number of instances: "3", or a share of all: "25%".</summary>
[JsonConverter(typeof(AmountConverter))]
public readonly record struct Amount : ITextValue<Amount>
{
    private readonly int number;
    private readonly bool percent;

    private Amount(int number, bool percent) => (this.number, this.percent) = (number, percent);

    public static string Rule => "An amount is a number of instances from 1 to 100000, or a share from 1% to 100%.";

    public static string Pattern => @"^([1-9][0-9]{0,5}|([1-9][0-9]?|100)%)$";

    public string Value => percent ? $"{number}%" : number.ToString(CultureInfo.InvariantCulture);

    public static Amount Count(int instances) => new(instances, false);

    public static Amount Percent(int share) => new(share, true);

    public static bool TryParse([NotNullWhen(true)] string? text, out Amount value)
    {
        var share = text is [.., '%'];
        value = default;
        if (!int.TryParse(share ? text.AsSpan(..^1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        value = new(number, share);
        return number >= 1 && number <= (share ? 100 : 100_000);
    }

    /// <summary>Of <paramref name="total"/> instances: at least one, at most all; shares round up.</summary>
    public int Of(int total) =>
        Math.Clamp(percent ? (int)(((long)total * number + 99) / 100) : number, Math.Min(1, total), total);

    public override string ToString() => Value;
}
