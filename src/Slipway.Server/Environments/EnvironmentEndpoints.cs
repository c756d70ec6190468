using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Environments;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Changes;
using Slipway.Server.Instances;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Environments;

internal static class EnvironmentEndpoints
{
    private const int LongestDescription = 500;

    public static void MapEnvironmentEndpoints(this IEndpointRouteBuilder api)
    {
        var environments = api.MapGroup("/environments").WithTags("Environments");
        environments.MapGet("", ListAsync)
            .Requires(Scope.Read)
            .Produces<Page<SlipwayEnvironment>>()
            .WithName("ListEnvironments")
            .WithSummary("List environments")
            .WithDescription("Every environment in the order of promotion.");
        environments.MapGet("/{environment}", GetAsync)
            .Requires(Scope.Read)
            .Produces<SlipwayEnvironment>()
            .WithName("GetEnvironment")
            .WithSummary("Get an environment")
            .WithDescription("One environment: its description and its place in the order of promotion.");
        environments.MapPut("/{environment}", PutAsync)
            .Requires(Scope.Admin)
            .Produces<SlipwayEnvironment>()
            .Produces<SlipwayEnvironment>(StatusCodes.Status201Created)
            .WithName("PutEnvironment")
            .WithSummary("Make or change an environment")
            .WithDescription("Makes the environment, or changes what is given; what is left out stays. An environment is also made by the first instance that joins into it.");
        environments.MapDelete("/{environment}", DeleteAsync)
            .Requires(Scope.Admin)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict, "environment_in_use")
            .WithName("DeleteEnvironment")
            .WithSummary("Delete an environment")
            .WithDescription("Possible when no instance is in it and nothing was ever deployed to it; otherwise refused, and the refusal says what is still there.");
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        // There are a handful; the page is cut here.
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var all = await db.Set<EnvironmentRow>().AsNoTracking().ToListAsync(cancellation);
        var rows = all.OrderBy(row => row.Order).ThenBy(row => row.Name).ToList();
        var begin = slice.After is { } after ? rows.FindIndex(row => row.Name.Value == after) + 1 : 0;
        return TypedResults.Ok(slice.ToPage([.. rows.Skip(begin).Take(slice.Take)], row => row.Name.Value, Show));
    }

    private static async Task<IResult> GetAsync(EnvironmentName environment, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<EnvironmentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == environment, cancellation);
        return row is null ? Refusal.NotFound("environment", environment).ToResult() : TypedResults.Ok(Show(row));
    }

    private static async Task<IResult> PutAsync(
        EnvironmentName environment, PutEnvironment wanted, EnvironmentStore store, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (wanted.Order is < 0 or > 10_000)
            return Refusal.Invalid("order", "order is a number from 0 to 10000.").ToResult();
        if (wanted.Description?.Length > LongestDescription)
            return Refusal.Invalid("description", $"A description has at most {LongestDescription} characters.").ToResult();

        var created = await store.EnsureAsync(environment, cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<EnvironmentRow>().SingleAsync(row => row.Name == environment, cancellation);
        row.Description = wanted.Description ?? row.Description;
        row.Order = wanted.Order ?? row.Order;
        row.Confirm = wanted.Confirm ?? row.Confirm;
        await db.SaveChangesAsync(cancellation);
        return created ? TypedResults.Created($"/api/v1/environments/{environment}", Show(row)) : TypedResults.Ok(Show(row));
    }

    private static async Task<IResult> DeleteAsync(EnvironmentName environment, IDbContextFactory<SlipwayDb> databases, ChangeSignals changes, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var instances = await db.Set<InstanceRow>().CountAsync(row => row.Environment == environment && row.RevokedAt == null, cancellation);
        var targets = await db.Set<TargetRow>().CountAsync(row => row.Environment == environment, cancellation);
        if (instances + targets > 0)
        {
            return Refusal.Conflict(
                "environment_in_use",
                $"{environment} still has {instances} {(instances == 1 ? "instance" : "instances")} and {targets} {(targets == 1 ? "target" : "targets")}. Delete its instances and the services deployed to it first.").ToResult();
        }

        var deleted = await db.Set<EnvironmentRow>().Where(row => row.Name == environment).ExecuteDeleteAsync(cancellation);
        changes.Catalog(ChangeKinds.Environments);
        return deleted > 0 ? TypedResults.NoContent() : Refusal.NotFound("environment", environment).ToResult();
    }

    private static SlipwayEnvironment Show(EnvironmentRow row) => new()
    {
        Name = row.Name,
        Description = row.Description,
        Order = row.Order,
        Confirm = row.Confirm,
        CreatedAt = row.CreatedAt,
    };
}
