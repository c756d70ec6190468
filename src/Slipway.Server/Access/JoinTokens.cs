using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agents;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>The tokens agents join with: each counts down and ends.</summary>
internal sealed class JoinTokens(IDbContextFactory<SlipwayDb> databases, TimeProvider clock)
{
    internal static readonly Refusal Unknown = Refused("join_token_invalid", "This join token is unknown. Make a fresh one with `slipway agents token` and join with that.");

    /// <summary>Takes one use from the token, or says why it cannot be used. Two agents never share one use.</summary>
    public async Task<Outcome<JoinTokenRow>> UseAsync(JoinToken token, EnvironmentName environment, CancellationToken cancellation)
    {
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var row = await db.Set<JoinTokenRow>().SingleOrDefaultAsync(row => row.Id == token.Id, cancellation);
            if (Judge(row, token, environment) is { } refusal)
                return refusal;

            row!.UsesLeft--;
            try
            {
                await db.SaveChangesAsync(cancellation);
                return row;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another agent took a use in the same moment, or the token was deleted: look again.
            }
        }
    }

    /// <summary>Why it cannot be used; null when it can. Takes nothing from it.</summary>
    public async Task<Refusal?> CheckAsync(JoinToken token, EnvironmentName environment, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return Judge(await db.Set<JoinTokenRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == token.Id, cancellation), token, environment);
    }

    private Refusal? Judge(JoinTokenRow? row, JoinToken token, EnvironmentName environment)
    {
        if (row is null || !new ApiToken(token.Id, token.Secret).HasHash(row.Hash))
            return Unknown;
        if (row.ExpiresAt <= clock.GetUtcNow())
            return Refused("join_token_expired", $"This join token expired at {row.ExpiresAt:u}. Make a fresh one with `slipway agents token`.");
        if (row.UsesLeft <= 0)
            return Refused("join_token_used", "This join token was used as often as it may be. Make a fresh one with `slipway agents token`.");
        if (row.Environment is { } only && only != environment)
            return new("join_token_wrong_environment", StatusCodes.Status403Forbidden, $"This join token is for the environment {only}, not {environment}. Join with --environment {only}, or make a token for {environment}.");
        return null;
    }

    private static Refusal Refused(string code, string detail) => new(code, StatusCodes.Status401Unauthorized, detail);
}
