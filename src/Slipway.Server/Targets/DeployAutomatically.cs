using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

internal static class DeployAutomatically
{
    public static void MapAutoDeploy(this IEndpointRouteBuilder targets)
    {
        targets.MapPut("/{service}/{environment}/autoDeploy", SetAsync)
            .Requires(Scope.Deploy)
            .Produces<Target>()
            .WithName("SetAutoDeploy")
            .WithSummary("Deploy every new version of a branch")
            .WithDescription("From now on each version published from this branch is deployed here by itself, unless the target is on hold. Applying a slipway.yaml that says something about it replaces this.");
        targets.MapDelete("/{service}/{environment}/autoDeploy", ClearAsync)
            .Requires(Scope.Deploy)
            .Produces<Target>()
            .WithName("ClearAutoDeploy")
            .WithSummary("Deploy only on purpose")
            .WithDescription("New versions are no longer deployed here by themselves.");
    }

    private static Task<IResult> SetAsync(ServiceName service, EnvironmentName environment, AutoDeploy body, IDbContextFactory<SlipwayDb> databases, TargetViews views, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(body.Branch) || body.Branch.Length > 250
            ? Task.FromResult(Refusal.Invalid("branch", "A branch has 1 to 250 characters.").ToResult())
            : TargetChange.ApplyAsync(databases, views, new(service, environment), row => row.AutoDeployBranch = body.Branch, cancellation);

    private static Task<IResult> ClearAsync(ServiceName service, EnvironmentName environment, IDbContextFactory<SlipwayDb> databases, TargetViews views, CancellationToken cancellation) =>
        TargetChange.ApplyAsync(databases, views, new(service, environment), row => row.AutoDeployBranch = null, cancellation);
}
