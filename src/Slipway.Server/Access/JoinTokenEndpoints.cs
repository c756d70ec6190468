using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Agents;
using Slipway.Server.Api;
using Slipway.Server.Changes;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

internal static class JoinTokenEndpoints
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    public static void MapJoinTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/joinTokens").WithTags("Access").Requires(Scope.Admin);
        tokens.MapGet("", ListAsync)
            .Produces<Page<JoinTokenInfo>>()
            .WithName("ListJoinTokens")
            .WithSummary("List join tokens")
            .WithDescription("The join tokens that can still be used, by id. Their secrets are not kept and cannot be shown.");
        tokens.MapPost("", CreateAsync)
            .Produces<JoinTokenCreated>(StatusCodes.Status201Created)
            .Idempotent()
            .WithName("CreateJoinToken")
            .WithSummary("Make a join token")
            .WithDescription("Makes the token with which agents join, and the complete line to run on the instance. Where the server uses its own CA the token carries that CA's fingerprint, so the agent trusts it and no other.");
        tokens.MapDelete("/{id}", DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .WithName("DeleteJoinToken")
            .WithSummary("Delete a join token")
            .WithDescription("Nobody can join with it any more. Instances that joined with it stay.");
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, IDbContextFactory<SlipwayDb> databases, TimeProvider clock, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (now, after) = (clock.GetUtcNow(), slice.After ?? "");
        var rows = await db.Set<JoinTokenRow>().AsNoTracking()
            .Where(row => row.UsesLeft > 0 && row.ExpiresAt > now && string.Compare(row.Id, after) > 0)
            .OrderBy(row => row.Id).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => row.Id, Show));
    }

    private static async Task<IResult> CreateAsync(
        CreateJoinToken wanted, HttpContext context, IDbContextFactory<SlipwayDb> databases, PublicAddress address, TimeProvider clock, CancellationToken cancellation)
    {
        if (Refuse(wanted) is { } refusal)
            return refusal.ToResult();

        var url = address.SeenBy(context.Request);
        var token = new JoinToken(ApiToken.NewId(), ApiToken.NewSecret(), address.Fingerprint(url));
        var now = clock.GetUtcNow();
        var row = new JoinTokenRow
        {
            Id = token.Id,
            Hash = ApiToken.Hash(token.Secret),
            Environment = wanted.Environment,
            UsesLeft = wanted.Uses,
            ExpiresAt = now + (wanted.ExpiresIn?.Time ?? DefaultLife),
            CreatedAt = now,
            CreatedBy = Actor.Of(context),
        };
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.Add(row);
        await db.Set<JoinTokenRow>().Where(old => old.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        await db.SaveChangesAsync(cancellation);

        var environment = wanted.Environment?.Value ?? "dev";
        return TypedResults.Created($"/api/v1/joinTokens/{row.Id}", new JoinTokenCreated
        {
            Token = token.ToString(),
            ExpiresAt = row.ExpiresAt,
            Command = $"slipway-agent join --server {url} --token {token} --environment {environment} --service SERVICE",
        });
    }

    private static async Task<IResult> DeleteAsync(string id, IDbContextFactory<SlipwayDb> databases, ChangeSignals changes, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var deleted = await db.Set<JoinTokenRow>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellation);
        changes.Catalog(ChangeKinds.JoinTokens);
        return deleted > 0 ? TypedResults.NoContent() : Refusal.NotFound("join token", id).ToResult();
    }

    private static Refusal? Refuse(CreateJoinToken wanted)
    {
        if (wanted.Uses is < 1 or > 10_000)
            return Refusal.Invalid("uses", "A join token can be used 1 to 10000 times.");
        if (wanted.ExpiresIn is { } life && (life.Time <= TimeSpan.Zero || life.Time > LongestLife))
            return Refusal.Invalid("expiresIn", "A join token is valid for some time, for example 1h, and at most 7d.");
        return null;
    }

    private static JoinTokenInfo Show(JoinTokenRow row) => new()
    {
        Id = row.Id,
        Environment = row.Environment,
        UsesLeft = row.UsesLeft,
        ExpiresAt = row.ExpiresAt,
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
    };
}
