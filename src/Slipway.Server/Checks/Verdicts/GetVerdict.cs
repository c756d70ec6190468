using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.Server.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Checks.Verdicts;

internal static class GetVerdict
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/deployments/{deployment}/verdict", GetAsync)
        .Requires(Scope.Read)
        .Produces<DeploymentVerdict>()
        .Refuses(StatusCodes.Status404NotFound, "verdict_not_found")
        .WithTags("Deployments")
        .WithName("GetDeploymentVerdict")
        .WithSummary("Show whether a deployment's version is healthy, and why")
        .WithDescription(
            "What its instances measured, compared with those that still run the version before and with their own past: an answer for each signal, in words and as curves. "
            + "Kept after the instances are gone. While it runs and is watched it is renewed about every 30 seconds and whenever the answer is another one. "
            + "Refusals: verdict_not_found, for a deployment that does not exist or was not judged.");

    private static async Task<IResult> GetAsync(DeploymentId deployment, VerdictStore store, CancellationToken cancellation) =>
        await store.FindAsync(deployment, cancellation) is { } row
            ? TypedResults.Ok(row.View)
            : Refusal.NotFound("verdict", deployment).ToResult();
}
