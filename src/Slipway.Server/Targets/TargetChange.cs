using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

/// <summary>Changes a target's settings beside a deployment that may be changing it too: whoever read an older row reads it again.</summary>
internal static class TargetChange
{
    private const int Tries = 10;

    public static async Task<IResult> ApplyAsync(IDbContextFactory<SlipwayDb> databases, TargetViews views, TargetId target, Action<TargetRow> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (await Read.FindAsync(db, target, cancellation) is not { } row)
                return Refusal.NotFound("target", target).ToResult();

            change(row);
            row.Stamp++;
            try
            {
                await db.SaveChangesAsync(cancellation);
                return TypedResults.Ok(await views.OfAsync(row, cancellation));
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // Read it again.
            }
        }
    }
}
