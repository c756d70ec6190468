using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

internal static class TokenEndpoints
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromDays(90);

    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Access").Requires(Scope.Admin);
        tokens.MapGet("", ListAsync)
            .Produces<Page<Token>>()
            .WithName("ListTokens")
            .WithSummary("List tokens")
            .WithDescription("Every token that was not revoked, oldest first, with what it may do and when it was last used. Secrets are not kept and cannot be shown.");
        tokens.MapPost("", CreateAsync)
            .Produces<TokenCreated>(StatusCodes.Status201Created)
            .Idempotent()
            .WithName("CreateToken")
            .WithSummary("Make a token")
            .WithDescription("Makes a token for a person, a CI job or a bot. Its secret is in the answer and never shown again. Services and environments restrict what a publish or deploy token may change.");
        tokens.MapDelete("/{id}", RevokeAsync)
            .Produces(StatusCodes.Status204NoContent)
            .WithName("RevokeToken")
            .WithSummary("Revoke a token")
            .WithDescription("The token ends at once on this node and within ten seconds on every other. Revoking it again changes nothing.");
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var query = db.Set<TokenRow>().AsNoTracking().Where(row => row.RevokedAt == null);
        if (slice.AfterParts(2) is [var time, var id] && long.TryParse(time, out var milliseconds))
        {
            var created = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            query = query.Where(row => row.CreatedAt > created || (row.CreatedAt == created && string.Compare(row.Id, id) > 0));
        }

        var rows = await query.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.CreatedAt.ToUnixTimeMilliseconds(), row.Id), Show));
    }

    private static async Task<IResult> CreateAsync(CreateToken wanted, HttpContext context, IDbContextFactory<SlipwayDb> databases, TimeProvider clock, CancellationToken cancellation)
    {
        var caller = Caller.Of(context.User)!;
        if (AccessRules.RefuseToMake(caller, wanted) is { } refusal)
            return refusal.ToResult();

        var token = ApiToken.New();
        var now = clock.GetUtcNow();
        var row = new TokenRow
        {
            Id = token.Id,
            Name = wanted.Name,
            Hash = ApiToken.Hash(token.Secret),
            Scope = wanted.Scope,
            Services = wanted.Services,
            Environments = wanted.Environments,
            CreatedAt = now,
            CreatedBy = caller.TokenName,
            ExpiresAt = now + (wanted.ExpiresIn?.Time ?? DefaultLife),
        };
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/api/v1/tokens/{row.Id}", new TokenCreated { Token = Show(row), Secret = token.ToString() });
    }

    private static async Task<IResult> RevokeAsync(string id, IDbContextFactory<SlipwayDb> databases, TokenBook book, TimeProvider clock, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<TokenRow>().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
            return Refusal.NotFound("token", id).ToResult();

        row.RevokedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        book.Forget(id);
        return TypedResults.NoContent();
    }

    private static Token Show(TokenRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Scope = row.Scope,
        Services = row.Services,
        Environments = row.Environments,
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
        ExpiresAt = row.ExpiresAt,
        LastUsedAt = row.LastUsedAt,
    };
}
