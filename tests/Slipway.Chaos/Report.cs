using System.Globalization;
using Slipway.Chaos.Checking;
using Slipway.Chaos.Faults;

namespace Slipway.Chaos;

/// <summary>The figures of a run.</summary>
internal static class Report
{
    public static IEnumerable<string> Figures(History history, IReadOnlyDictionary<FaultKind, int> faults)
    {
        var attempts = history.Asked.SelectMany(asked => asked.Attempts).ToList();
        yield return Line("faults", faults.Values.Sum(), faults.OrderBy(pair => pair.Key).Select(pair => (pair.Key.ToString(), pair.Value)));
        yield return Line("requests", history.Asked.Count, Counted(history.Asked, asked => asked.Verb.ToString()));
        yield return Line("answers", history.Asked.Count, Counted(history.Asked, asked => asked.Attempts.Any(attempt => attempt.IsSuccess) ? "accepted" : asked.IsRefused ? "refused" : asked.Attempts.Any(attempt => attempt.IsKnown) ? "refused after an attempt without answer" : "unknown"));
        yield return Line("attempts", attempts.Count, Counted(attempts, attempt => attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer"));
        yield return Line("deployments", history.Deployments.Count, Counted(history.Deployments, deployment => deployment.Status));
        yield return Line("versions deployed", history.Deployments.Count, Counted(history.Deployments, deployment => history.Wares.First(ware => ware.Service == deployment.Service && ware.Version == deployment.Version).Kind.ToString()));
        yield return Line("events", history.Deployments.Sum(deployment => deployment.Events.Count), []);
        yield return Line("sightings", history.Sightings.Count, []);
        yield return Line("starts of services", history.Folders.Sum(folder => folder.Starts.Count), Counted(history.Folders.SelectMany(folder => folder.Starts), version => version.Split('-')[0]));
    }

    private static IEnumerable<(string, int)> Counted<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count()));

    private static string Line(string what, int total, IEnumerable<(string Name, int Count)> parts)
    {
        var list = string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Name}")));
        return string.Create(CultureInfo.InvariantCulture, $"{what}: {total}{(list.Length > 0 ? $" ({list})" : "")}");
    }
}
