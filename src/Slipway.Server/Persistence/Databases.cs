using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence;

/// <summary>The chosen database's contexts as what the rest of the server knows: a <see cref="SlipwayDb"/>.</summary>
internal sealed class Databases<T>(IDbContextFactory<T> chosen) : IDbContextFactory<SlipwayDb>
    where T : SlipwayDb
{
    public SlipwayDb CreateDbContext() => chosen.CreateDbContext();

    public async Task<SlipwayDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await chosen.CreateDbContextAsync(cancellationToken);
}
