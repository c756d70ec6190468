using System.Globalization;
using Slipway.Judging.Groups;

namespace Slipway.Judging.Telling;

/// <summary>Numbers and findings as people say them.</summary>
internal static class Words
{
    public static string Time(double seconds) => seconds switch
    {
        < 90 => Invariant($"{Math.Max(1, Math.Round(seconds)):0} s"),
        < 5400 => Invariant($"{Math.Ceiling(seconds / 60):0} min"),
        _ => Invariant($"{seconds / 3600:0.#} h"),
    };

    /// <summary>A change as a part of what is usual.</summary>
    public static string Change(double effect) => effect switch
    {
        >= 1 => Invariant($"{effect + 1:0.#} times as high"),
        >= 0 => Invariant($"{effect * 100:0.#} % higher"),
        _ => Invariant($"{-effect * 100:0.#} % lower"),
    };

    public static string Instances(int count) => count == 1 ? "1 instance" : Invariant($"{count} instances");

    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e6 or < 1e-3 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    public static string Rate(CountRates rates) => rates.PerRequest
        ? Invariant($"{Number(rates.Changed * 100)} % of requests on {Group(rates.Instances)} against {Number(rates.Usual * 100)} % {rates.Against}")
        : Invariant($"{Number(rates.ChangedEvents)} on {Group(rates.Instances)} where {Number(rates.Usual * rates.ChangedOf)} would be usual {rates.Against}");

    public static string Found(Sign sign, Estimate? estimate, string? instance) => sign switch
    {
        Sign.Tail => "extreme values have become more frequent on the changed instances",
        Sign.Spread => "varies more on the changed instances than before",
        Sign.InstanceHigher => $"higher on {instance} than on its peers",
        Sign.InstanceLower => $"lower on {instance} than on its peers",
        Sign.Together => "many metrics are a little worse at the same time",
        _ => estimate is { } e ? Change(e.Effect) + " on the changed instances" : "changed for the worse",
    };

    private static string Group(int instances) => $"the changed {Instances(instances)}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
