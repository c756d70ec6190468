using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Configuration;

/// <summary>The config revisions of targets. Secrets are encrypted for their target and name, and leave only towards agents.</summary>
internal sealed class ConfigStore(IDbContextFactory<SlipwayDb> databases, IDataProtectionProvider protection, TimeProvider clock)
{
    public async Task<ConfigRevision?> GetAsync(TargetId target, int number, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await Rows(db, target).SingleOrDefaultAsync(row => row.Number == number, cancellation) is { } row ? row.ToRevision() : null;
    }

    /// <summary>Name to value of the secrets of one revision, for an agent. Null: there is no such revision.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> DecryptSecretsAsync(TargetId target, int number, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await Rows(db, target).SingleOrDefaultAsync(row => row.Number == number, cancellation) is { } row
            ? row.EncryptedSecrets.ToDictionary(pair => pair.Key, pair => Protector(target, pair.Key).Unprotect(pair.Value))
            : null;
    }

    /// <summary>Makes the next revision, or answers the newest if it says the same already.</summary>
    public async Task<Outcome<ConfigRevision>> CreateAsync(TargetId target, CreateConfigRevision request, string actor, CancellationToken cancellation)
    {
        if (ConfigRequests.Refuse(request) is { } refusal)
            return refusal;

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryCreateAsync(target, request, actor, cancellation);
            }
            catch (DbUpdateException e) when (attempt < WriteConflict.MostAttempts && WriteConflict.Is(e))
            {
                // Somebody took the number; the next attempt builds on theirs.
            }
        }
    }

    internal static Task<ConfigRevisionRow?> NewestRowAsync(SlipwayDb db, TargetId target, CancellationToken cancellation) =>
        Rows(db, target).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellation);

    internal static IQueryable<ConfigRevisionRow> Rows(SlipwayDb db, TargetId target) =>
        db.Set<ConfigRevisionRow>().AsNoTracking().Where(row => row.Service == target.Service && row.Environment == target.Environment);

    internal ConfigRevisionRow NewRow(
        TargetId target, int number, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> encrypted, string? actor) => new()
        {
            Service = target.Service,
            Environment = target.Environment,
            Number = number,
            Values = new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal),
            EncryptedSecrets = encrypted,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = actor,
        };

    private async Task<Outcome<ConfigRevision>> TryCreateAsync(TargetId target, CreateConfigRevision request, string actor, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var newest = await NewestRowAsync(db, target, cancellation);
        var before = newest?.EncryptedSecrets ?? new Dictionary<string, string>();
        if (request.KeepSecrets.FirstOrDefault(name => !before.ContainsKey(name)) is { } missing)
            return Refusal.Invalid("keepSecrets", $"The newest config revision has no secret {missing} to keep. Send it in secrets, or leave it out.");

        var encrypted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in request.KeepSecrets)
            encrypted[name] = before[name];

        foreach (var (name, value) in request.Secrets)
            encrypted[name] = before.TryGetValue(name, out var old) && IsEncryptionOf(target, name, old, value) ? old : Protector(target, name).Protect(value);

        if (newest is not null && ConfigMerge.Same(newest.Values, request.Values) && ConfigMerge.Same(before, encrypted))
            return newest.ToRevision();

        var row = NewRow(target, (newest?.Number ?? 0) + 1, request.Values, encrypted, actor);
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return row.ToRevision();
    }

    private bool IsEncryptionOf(TargetId target, string name, string encrypted, string value)
    {
        try
        {
            return Protector(target, name).Unprotect(encrypted) == value;
        }
        catch (CryptographicException)
        {
            // Its key is gone; the new value replaces it.
            return false;
        }
    }

    /// <summary>Bound to target and name: a secret copied to another row of the database cannot be read there.</summary>
    private IDataProtector Protector(TargetId target, string name) => protection.CreateProtector("config", target.Key, name);
}
