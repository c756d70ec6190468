using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>GET /services/{service}/compare: what a deployment from one version to another brings, or takes back.</summary>
internal static class CompareVersions
{
    private const int MostVersions = 200;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/services/{service}/compare", CompareAsync)
        .WithTags("Versions")
        .Requires(Scope.Read)
        .Produces<VersionComparison>()
        .Refuses(StatusCodes.Status404NotFound, "version_not_found")
        .WithName("CompareVersions")
        .WithSummary("Compare two versions")
        .WithDescription(
            "Forward: the versions after from, up to and with to, newest first, and their commits. Backward (to was published before from): the versions and commits that are taken back. "
            + $"At most {MostVersions} versions, the newest; truncated says that there are more.");

    private static async Task<IResult> CompareAsync(ServiceName service, VersionName from, VersionName to, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var versions = db.Set<VersionRow>().AsNoTracking().Where(row => row.Service == service);
        if (await NumberAsync(versions, from, cancellation) is not { } begin)
            return Refusal.NotFound("version", $"{service} {from}").ToResult();

        if (await NumberAsync(versions, to, cancellation) is not { } end)
            return Refusal.NotFound("version", $"{service} {to}").ToResult();

        var (low, high) = (Math.Min(begin, end), Math.Max(begin, end));
        var between = await versions.Where(row => row.Number > low && row.Number <= high).OrderByDescending(row => row.Number).Take(MostVersions + 1).ToListAsync(cancellation);
        var listed = between.Take(MostVersions).ToList();
        return TypedResults.Ok(new VersionComparison
        {
            From = from,
            To = to,
            Direction = begin < end ? ComparisonDirection.Forward : begin > end ? ComparisonDirection.Backward : ComparisonDirection.Same,
            Versions = [.. listed.Select(row => row.ToVersion())],
            Commits = [.. listed.SelectMany(row => row.Commits).DistinctBy(commit => commit.Sha)],
            Truncated = between.Count > MostVersions,
        });
    }

    private static Task<int?> NumberAsync(IQueryable<VersionRow> versions, VersionName version, CancellationToken cancellation) =>
        versions.Where(row => row.Version == version).Select(row => (int?)row.Number).SingleOrDefaultAsync(cancellation);
}
