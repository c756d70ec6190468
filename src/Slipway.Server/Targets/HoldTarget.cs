using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

internal static class HoldTarget
{
    public static void MapHold(this IEndpointRouteBuilder targets)
    {
        targets.MapPut("/{service}/{environment}/hold", PlaceAsync)
            .Requires(Scope.Deploy)
            .Produces<Target>()
            .WithName("PlaceHold")
            .WithSummary("Hold a target")
            .WithDescription("Automatic deployments are refused until the hold is lifted or somebody deploys on purpose. A rollback places a hold by itself.");
        targets.MapDelete("/{service}/{environment}/hold", LiftAsync)
            .Requires(Scope.Deploy)
            .Produces<Target>()
            .WithName("LiftHold")
            .WithSummary("Lift a hold")
            .WithDescription("Automatic deployments are taken again, from the next version on. Lifting what is not there changes nothing.");
    }

    private static Task<IResult> PlaceAsync(
        ServiceName service,
        EnvironmentName environment,
        PlaceHold body,
        HttpContext context,
        IDbContextFactory<SlipwayDb> databases,
        TargetViews views,
        TimeProvider time,
        CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > 500)
            return Task.FromResult(Refusal.Invalid("reason", "Say why in 1 to 500 characters; everybody who meets the hold reads it.").ToResult());

        var hold = new Hold { Reason = body.Reason, PlacedBy = Actor.Of(context), PlacedAt = time.GetUtcNow() };
        return TargetChange.ApplyAsync(databases, views, new(service, environment), row => row.Hold = hold, cancellation);
    }

    private static Task<IResult> LiftAsync(ServiceName service, EnvironmentName environment, IDbContextFactory<SlipwayDb> databases, TargetViews views, CancellationToken cancellation) =>
        TargetChange.ApplyAsync(databases, views, new(service, environment), row => row.Hold = null, cancellation);
}
