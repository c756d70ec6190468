using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Environments;

/// <summary>What other folders ask of environments.</summary>
internal sealed class EnvironmentStore(IDbContextFactory<SlipwayDb> databases, TimeProvider clock)
{
    /// <summary>The environment is there afterwards: made, after the last in the order of promotion, if it was not. True: made by this call.</summary>
    public async Task<bool> EnsureAsync(EnvironmentName name, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await ExistsAsync(db, name, cancellation))
            return false;

        db.Add(new EnvironmentRow { Name = name, Order = await NextOrderAsync(db, cancellation), CreatedAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            // Most likely somebody made it in the same moment.
            if (!await ExistsAsync(db, name, cancellation))
                throw;
            return false;
        }
    }

    private static async Task<int> NextOrderAsync(SlipwayDb db, CancellationToken cancellation) =>
        1 + (await db.Set<EnvironmentRow>().MaxAsync(row => (int?)row.Order, cancellation) ?? -1);

    private static Task<bool> ExistsAsync(SlipwayDb db, EnvironmentName name, CancellationToken cancellation) =>
        db.Set<EnvironmentRow>().AnyAsync(row => row.Name == name, cancellation);
}
