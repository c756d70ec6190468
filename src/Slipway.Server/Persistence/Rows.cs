using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence;

/// <summary>What is done to rows of any table.</summary>
internal static class Rows
{
    /// <summary>Adds a row that is not there yet, else writes it anew as a whole. Only where one writer at a time is sure.</summary>
    /// <param name="same">Finds it by its key.</param>
    public static async Task PutAsync<T>(this SlipwayDb db, T row, Expression<Func<T, bool>> same, CancellationToken cancellation)
        where T : class
    {
        if (await db.Set<T>().AnyAsync(same, cancellation))
            db.Update(row);
        else
            db.Add(row);

        await db.SaveChangesAsync(cancellation);
    }
}
