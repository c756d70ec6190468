using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

internal static class List
{
    public static void MapList(this IEndpointRouteBuilder deployments) => deployments.MapGet("", ListAsync)
        .Requires(Scope.Read)
        .Produces<Page<Deployment>>()
        .WithName("ListDeployments")
        .WithSummary("List deployments")
        .WithDescription("Newest first, also those that run or wait. Filters: service, environment, status (may be given more than once: any of them), version, createdBy.");

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        ServiceName? service,
        EnvironmentName? environment,
        string[]? status,
        VersionName? version,
        string? createdBy,
        IDbContextFactory<SlipwayDb> databases,
        CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        if (!ReadStatus(status).Is(out var wanted, out var unknown))
            return unknown.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = db.Set<DeploymentRow>().AsNoTracking();
        if (service is { } s)
            rows = rows.Where(row => row.Service == s);

        if (environment is { } e)
            rows = rows.Where(row => row.Environment == e);

        if (wanted is not [])
            rows = rows.Where(row => wanted.Contains(row.Status));

        if (version is { } v)
            rows = rows.Where(row => row.Version == v);

        if (createdBy is not null)
            rows = rows.Where(row => row.CreatedBy == createdBy);

        if (slice.AfterParts(1) is [var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var order))
            rows = rows.Where(row => row.Order < order);

        var found = await rows.OrderByDescending(row => row.Order).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(found, row => Slice.Key(row.Order), row => row.View));
    }

    /// <summary>Bound as text: the framework's own binding of enums knows only the names of C#.</summary>
    private static Outcome<List<DeploymentStatus>> ReadStatus(string[]? texts)
    {
        var found = Enum.GetValues<DeploymentStatus>().Where(status => texts?.Contains(JsonNamingPolicy.CamelCase.ConvertName(status.ToString())) == true).ToList();
        return found.Count == (texts?.Distinct().Count() ?? 0)
            ? found
            : Refusal.Invalid("status", "status is one of queued, running, paused, succeeded, failed, rolledBack, cancelled, superseded.");
    }
}
