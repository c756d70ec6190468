using Slipway.Contracts.Targets;

namespace Slipway.Server.Targets.Observing;

/// <summary>Groups as the numbers that every target has. Only what serves counts: the rest is kept for the way back.</summary>
internal static class GroupCounts
{
    public static InstanceCounts Of(InstanceGroups seen)
    {
        var serving = Serving(seen).ToList();
        var total = serving.Sum(group => group.Health.Total);
        return new(total, total, serving.Sum(group => group.Health.Up), serving.Sum(group => group.Health.Down));
    }

    public static bool AreHealthy(InstanceGroups seen) => Serving(seen).Any() && Serving(seen).All(group => group.Health.Down == 0);

    public static IReadOnlyDictionary<string, int> Versions(InstanceGroups seen) => Serving(seen)
        .Where(group => group.Health.Total > 0)
        .GroupBy(group => group.Version ?? group.Image ?? "unknown", StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(one => one.Health.Total), StringComparer.Ordinal);

    private static IEnumerable<InstanceGroup> Serving(InstanceGroups seen) => seen.Groups.Where(group => group.Serving);
}
