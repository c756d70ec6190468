using Microsoft.EntityFrameworkCore.Storage;

namespace Slipway.Server.Persistence;

/// <summary>What differs between the databases beyond their SQL.</summary>
internal interface IDatabase
{
    /// <summary>True: other nodes may read and write it at the same time.</summary>
    bool IsShared { get; }

    /// <summary>For writes that do not go through SaveChanges, where there is one writer at a time. Dispose it when they are committed.</summary>
    ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellation);

    /// <summary>
    /// To be called before events are added. Whoever follows events asks for those above the last that was seen, so they must get their numbers in the order
    /// in which they are committed. Null: they do anyhow.
    /// </summary>
    Task<IDbContextTransaction?> BeginEventsAsync(SlipwayDb db, CancellationToken cancellation);

    /// <summary>The schema as this program knows it. Safe while other nodes use the database, or do the same.</summary>
    /// <exception cref="StartRefusedException">The database is not one that can be used.</exception>
    Task MigrateAsync(SlipwayDb db, CancellationToken cancellation);
}
