using Microsoft.AspNetCore.Mvc;
using Slipway.Contracts.Access;
using Slipway.Contracts.Changes;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;

namespace Slipway.Server.Changes;

/// <summary>GET /changes: everything a user interface shows, live, in one stream.</summary>
internal static class FollowChanges
{
    public static void MapFollow(this IEndpointRouteBuilder api) => api.MapGet("/changes", Follow)
        .WithTags("Changes")
        .Requires(Scope.Read)
        .Produces<ChangeMessage>(contentType: "text/event-stream")
        .WithName("FollowChanges")
        .WithSummary("Follow everything that a user interface shows")
        .WithDescription("""
            Server-sent events; the name of an event says which field of ChangeMessage its data is. `deployment` is an event of a deployment and has an id;
            the stream resumes behind it with Last-Event-ID. The others say only what to read again and have no id: `progress` deployments whose instances
            moved, `targets` targets that show something else, `catalog` kinds of things that were created, changed or deleted; each at most once in 200 ms.
            More than 200 targets are told as `all`. A stream that resumes begins with `all` and every kind, because what was not told while the reader was
            away is not known; so does one whose reader was away for too many events. Begin to follow first and read then: nothing is missed in between.
            A token that is restricted to services or environments is told only of those.
            """);

    private static ChangeStream Follow([FromHeader(Name = "Last-Event-ID")] long? lastEventId, HttpContext context, ChangeFeed feed, TokenBook tokens, TimeProvider time)
    {
        var caller = Caller.Of(context.User)!;
        return new(feed, new ChangeReader(Seen(caller), time), lastEventId, cancellation => tokens.StillCountsAsync(caller, cancellation));
    }

    private static Func<TargetId, bool> Seen(Caller caller)
    {
        if (caller is { Services: null, Environments: null })
            return _ => true;

        HashSet<ServiceName>? services = caller.Services is null ? null : [.. caller.Services];
        HashSet<EnvironmentName>? environments = caller.Environments is null ? null : [.. caller.Environments];
        return target => services?.Contains(target.Service) != false && environments?.Contains(target.Environment) != false;
    }
}
