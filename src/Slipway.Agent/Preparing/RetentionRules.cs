using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>Which versions stay on the disk. Pure.</summary>
internal static class RetentionRules
{
    public const int DefaultVersions = 5;

    /// <summary>The folders to delete, oldest first.</summary>
    /// <param name="kept">Running, previous, being activated or prepared: never deleted.</param>
    public static IReadOnlyList<string> Obsolete(
        IEnumerable<(string Folder, ReadyMarker Marker)> ready, IReadOnlySet<string> kept, Retention? retention)
    {
        var newestFirst = ready.OrderByDescending(entry => entry.Marker.PreparedAt).ToList();
        var count = Math.Max(1, retention is { Versions: > 0 } ? retention.Versions : DefaultVersions);
        var budget = retention is { DiskBytes: > 0 } ? retention.DiskBytes : long.MaxValue;
        var protectedOnes = newestFirst.Where(entry => kept.Contains(entry.Folder)).ToList();
        count -= protectedOnes.Count;
        budget -= protectedOnes.Sum(entry => entry.Marker.Bytes);

        var obsolete = new List<string>();
        foreach (var (folder, marker) in newestFirst)
        {
            if (kept.Contains(folder))
                continue;

            if (--count < 0 || (budget -= marker.Bytes) < 0)
                obsolete.Add(folder);
        }

        obsolete.Reverse();
        return obsolete;
    }
}
