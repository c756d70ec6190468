using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Configuration;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Slipway.Server.Versions;

namespace Slipway.Server.Deployments;

/// <summary>What a person wants to know before the button: what changes, what stands in the way, how long it took before.</summary>
internal static class PlanFacts
{
    private const int History = 5;

    public static async Task<PlanChanges> ChangesAsync(SlipwayDb db, TargetRow target, Release release, VersionRow version, CancellationToken cancellation)
    {
        var from = target.Version is { } running
            ? await db.Set<VersionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == target.Service && row.Version == running, cancellation)
            : null;
        return new()
        {
            FromVersion = target.Version,
            ToVersion = release.Version,
            FromConfigRevision = target.ConfigRevision is > 0 and var old ? old : null,
            ToConfigRevision = release.ConfigRevision is > 0 and var next ? next : null,
            FromCommit = from?.Commit,
            ToCommit = version.Commit,
            ConfigNames = await ConfigNamesAsync(db, target, release.ConfigRevision, cancellation),
        };
    }

    public static IEnumerable<string> Warnings(TargetRow target, VersionRow version, DeploymentKind kind)
    {
        if (version.BadBecause is { } bad)
            yield return $"{version.Version} was {bad}";

        if (kind == DeploymentKind.Deploy && target.Hold is { } hold)
            yield return $"The target is on hold; this deployment lifts it. {hold.PlacedBy}: {hold.Reason}";
    }

    /// <summary>The median of the last few of the same kind that went well with the same kind of strategy.</summary>
    public static async Task<Duration?> ExpectedDurationAsync(SlipwayDb db, TargetRow target, DeploymentKind kind, Strategy strategy, CancellationToken cancellation)
    {
        var recent = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Service == target.Service && row.Environment == target.Environment && row.Status == DeploymentStatus.Succeeded)
            .OrderByDescending(row => row.CreatedAt)
            .Take(History * 4)
            .ToListAsync(cancellation);
        TimeSpan[] times = [.. recent
            .Where(row => row.View.Kind == kind && row.View.Strategy.GetType() == strategy.GetType())
            .Take(History)
            .Select(row => row.FinishedAt!.Value - row.StartedAt!.Value)
            .Order()];
        return times is [] ? null : new Duration(TimeSpan.FromMilliseconds(Math.Ceiling(times[times.Length / 2].TotalMilliseconds)));
    }

    private static async Task<IReadOnlyList<string>> ConfigNamesAsync(SlipwayDb db, TargetRow target, int revision, CancellationToken cancellation)
    {
        if (revision == target.ConfigRevision)
            return [];

        var rows = await db.Set<ConfigRevisionRow>().AsNoTracking()
            .Where(row => row.Service == target.Service && row.Environment == target.Environment && (row.Number == revision || row.Number == target.ConfigRevision))
            .ToListAsync(cancellation);
        var before = Entries(rows.Find(row => row.Number == target.ConfigRevision));
        var after = Entries(rows.Find(row => row.Number == revision));
        return [.. before.Keys.Union(after.Keys).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Secrets are compared as they are stored: one that was set again counts as changed.</summary>
    private static Dictionary<string, string> Entries(ConfigRevisionRow? row) =>
        row is null ? [] : new(row.Values.Concat(row.EncryptedSecrets).DistinctBy(pair => pair.Key));
}
