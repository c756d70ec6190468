using System.Globalization;
using Slipway.Contracts.Services;

namespace Slipway.Server.Checks.Declared.Instances;

/// <summary>Counted lines -> what the try found. Pure.</summary>
internal static class LineRules
{
    public static Finding Judge(LogCheck check, IReadOnlyList<CountedLines> instances, int stepMs)
    {
        if (instances.Count == 0)
            return new Finding.Inconclusive("no instance was changed by this deployment");

        var counted = instances.Where(one => one.Counts is not null).Select(one => (one.Instance, Most: Most(one.Counts!, check, stepMs))).ToList();
        if (counted.Count > 0 && counted.MaxBy(one => one.Most) is var worst && worst.Most > check.AtMost)
            return new Finding.Fail($"{worst.Instance} printed {Number(worst.Most)} {What(check, worst.Most)} {Stretch(check)}, {Allowed(check)}", ForGood: check.Per is null) { Instance = worst.Instance };

        var silent = instances.Where(one => one.Counts is null).Select(one => one.Instance).ToList();
        if (silent is [var first, ..])
            return new Finding.Inconclusive($"{first}{(silent.Count == 1 ? " has" : $" and {silent.Count - 1} more have")} not said what it counted");

        return new Finding.Pass(counted.Max(one => one.Most) is > 0 and var most
            ? $"at most {Number(most)} {What(check, most)} on an instance {Stretch(check)}"
            : $"no {What(check)} on {(instances.Count == 1 ? instances[0].Instance.Value : $"{instances.Count} instances")}");
    }

    /// <summary>What is counted, in words.</summary>
    public static string What(LogCheck check, double many = 2) => check switch
    {
        { Pattern: { } pattern } => $"line{(many == 1 ? "" : "s")} with \"{Told.Short(pattern, 60)}\"",
        { Level: CountedLevel.Warning } => many == 1 ? "warning or error" : "warnings or errors",
        _ => many == 1 ? "error" : "errors",
    };

    private static double Most(IReadOnlyList<double> counts, LogCheck check, int stepMs)
    {
        var window = check.Per is { } per ? Math.Max(1, (int)Math.Ceiling(per.Time.TotalMilliseconds / stepMs)) : counts.Count;
        double sum = 0, most = 0;
        for (var i = 0; i < counts.Count; i++)
        {
            sum += counts[i] - (i >= window ? counts[i - window] : 0);
            most = Math.Max(most, sum);
        }

        return most;
    }

    private static string Stretch(LogCheck check) => check.Per is { } per ? $"within {per}" : "since it was changed";

    private static string Allowed(LogCheck check) => check.AtMost == 0 ? "none is allowed" : $"{Number(check.AtMost)} {(check.AtMost == 1 ? "is" : "are")} allowed";

    private static string Number(double count) => count.ToString("0", CultureInfo.InvariantCulture);
}
