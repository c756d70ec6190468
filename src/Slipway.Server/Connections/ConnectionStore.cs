using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Connections;
using Slipway.DeploymentTypes.Connections;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Connections;

/// <summary>The connections; secrets are encrypted for their connection and name, and leave only towards the deployment type that uses them.</summary>
internal sealed class ConnectionStore(IDbContextFactory<SlipwayDb> databases, IDataProtectionProvider protection, IEnumerable<IConnectionType> types, TimeProvider clock) : IConnections
{
    public IEnumerable<IConnectionType> Types => types;

    public async Task<OpenConnection?> FindAsync(string name, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ConnectionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == name, cancellation) is { } row ? Open(row) : null;
    }

    public async Task<IReadOnlyList<string>> NamesAsync(string type, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ConnectionRow>().Where(row => row.Type == type).OrderBy(row => row.Name).Select(row => row.Name).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<Connection>> AllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Set<ConnectionRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellation)).Select(row => row.ToConnection())];
    }

    /// <summary>Makes it or replaces its values; checked by its type before it is stored.</summary>
    public async Task<Outcome<Connection>> PutAsync(string name, PutConnection request, string actor, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryPutAsync(name, request, actor, cancellation);
            }
            catch (DbUpdateException e) when (attempt < WriteConflict.MostAttempts && WriteConflict.Is(e))
            {
                // Somebody changed it in the same moment; the next attempt builds on theirs.
            }
        }
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ConnectionRow>().Where(row => row.Name == name).ExecuteDeleteAsync(cancellation) > 0;
    }

    private async Task<Outcome<Connection>> TryPutAsync(string name, PutConnection request, string actor, CancellationToken cancellation)
    {
        if (types.FirstOrDefault(type => type.Describe.Name == request.Type) is not { } type)
            return Refusal.Invalid("type", $"There are connections of type {string.Join(", ", types.Select(known => known.Describe.Name))}; not {request.Type}.");

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<ConnectionRow>().FirstOrDefaultAsync(row => row.Name == name, cancellation);
        if (row is not null && row.Type != request.Type)
            return Refusal.Conflict("connection_exists", $"{name} is a connection of type {row.Type}. Delete it first, or take another name.");

        if (ConnectionRules.Refuse(name, request, type.Describe) is { } wrong)
            return wrong;

        row ??= db.Add(new ConnectionRow { Name = name, Type = request.Type }).Entity;
        row.Values = new SortedDictionary<string, string>(request.Values.Where(pair => pair.Value.Length > 0).ToDictionary(), StringComparer.Ordinal);
        row.EncryptedSecrets = Merge(row, request.Secrets);
        row.Revision++;
        (row.UpdatedAt, row.UpdatedBy) = (clock.GetUtcNow(), actor);
        if (ConnectionRules.Refuse(type.Check(Open(row))) is { } refusal)
            return refusal;

        await db.SaveChangesAsync(cancellation);
        return row.ToConnection();
    }

    private SortedDictionary<string, string> Merge(ConnectionRow row, IReadOnlyDictionary<string, string> secrets)
    {
        var merged = new SortedDictionary<string, string>(row.EncryptedSecrets.ToDictionary(), StringComparer.Ordinal);
        foreach (var (field, value) in secrets)
        {
            if (value.Length == 0)
                merged.Remove(field);
            else
                merged[field] = Protector(row.Name, field).Protect(value);
        }

        return merged;
    }

    private OpenConnection Open(ConnectionRow row) => new()
    {
        Name = row.Name,
        Type = row.Type,
        Values = row.Values,
        Secrets = row.EncryptedSecrets.ToDictionary(pair => pair.Key, pair => Protector(row.Name, pair.Key).Unprotect(pair.Value)),
        Revision = row.Revision,
    };

    /// <summary>Bound to connection and field: a secret copied to another row of the database cannot be read there.</summary>
    private IDataProtector Protector(string connection, string field) => protection.CreateProtector("connection", connection, field);
}
