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

/// <summary>Events of one deployment and of everything: a page of the past, or a stream that goes on.</summary>
internal static class Events
{
    public static void MapEvents(this IEndpointRouteBuilder deployments) => deployments.MapGet("/{deployment}/events", OfOneAsync)
        .Requires(Scope.Read)
        .Produces<Page<DeploymentEvent>>()
        .WithName("ListDeploymentEvents")
        .WithSummary("Follow a deployment")
        .WithDescription(
            "With Accept: text/event-stream a stream of server-sent events that ends after the event finished. Its ids are the events' sequence numbers, so it resumes with Last-Event-ID (or ?after=). "
            + "Events named \"instances\" carry no id: they hold the instances that changed. Without that header a page of what has happened so far, after ?after=.");

    public static void MapAllEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", OfAllAsync)
        .WithTags("Deployments")
        .Requires(Scope.Read)
        .Produces<Page<DeploymentEvent>>()
        .WithName("ListEvents")
        .WithSummary("Follow everything")
        .WithDescription("Events of all deployments, as a stream with Accept: text/event-stream, that resumes with Last-Event-ID (the events' ids). It begins with what happens from now on, unless told where to begin.");

    private static async Task<IResult> OfOneAsync(
        DeploymentId deployment,
        long? after,
        int? limit,
        HttpContext context,
        IDbContextFactory<SlipwayDb> databases,
        EventFollower follower,
        CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await db.Set<DeploymentRow>().AnyAsync(row => row.Id == deployment, cancellation))
            return Refusal.NotFound("deployment", deployment).ToResult();

        var begin = LastEventId(context) ?? after ?? 0;
        if (WantsStream(context))
            return new EventStream(token => follower.OneAsync(deployment, begin, token));

        if (!new PageQuery(null, limit).Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        var rows = await db.Set<EventRow>().AsNoTracking()
            .Where(row => row.Deployment == deployment && row.Sequence > begin)
            .OrderBy(row => row.Sequence)
            .Take(slice.Take)
            .ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.Sequence), Wire));
    }

    private static async Task<IResult> OfAllAsync(long? after, int? limit, HttpContext context, IDbContextFactory<SlipwayDb> databases, EventFollower follower, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (WantsStream(context))
        {
            var begin = LastEventId(context) ?? after ?? await db.Set<EventRow>().MaxAsync(row => (long?)row.Id, cancellation) ?? 0;
            return new EventStream(token => follower.AllAsync(begin, token));
        }

        if (!new PageQuery(null, limit).Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        var from = after ?? 0;
        var rows = await db.Set<EventRow>().AsNoTracking().Where(row => row.Id > from).OrderBy(row => row.Id).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.Id), Wire));
    }

    public static DeploymentEvent Wire(EventRow row) => new()
    {
        Id = row.Id,
        Deployment = row.Deployment,
        Service = row.Service,
        Environment = row.Environment,
        Sequence = row.Sequence,
        Type = row.Type,
        Time = row.Time,
        Actor = row.Actor,
        Message = row.Message,
        Data = JsonDocument.Parse(row.Fact).RootElement,
    };

    private static bool WantsStream(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static long? LastEventId(HttpContext context) =>
        long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
