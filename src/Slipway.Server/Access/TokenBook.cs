using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>
/// Finds the token of a request. What was read is believed for a few seconds, so that a busy caller costs one look-up in ten seconds; a token revoked on
/// this node ends at once, one revoked on another node within those seconds.
/// </summary>
internal sealed class TokenBook(IDbContextFactory<SlipwayDb> databases, Ledger ledger, TimeProvider clock)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);
    private const string Scheme = "Bearer ";
    private const int Limit = 10_000;

    private static readonly Refusal Invalid = Refused("token_invalid", "This token is unknown or mistyped. Check SLIPWAY_TOKEN, or ask an administrator for a new one (POST /api/v1/tokens).");

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private int revocations;

    public async ValueTask<Outcome<Caller>> CheckAsync(string? authorization, CancellationToken cancellation)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return AccessRules.Unauthenticated;

        return await CheckTokenAsync(authorization[Scheme.Length..].Trim(), cancellation);
    }

    public async ValueTask<Outcome<Caller>> CheckTokenAsync(string text, CancellationToken cancellation)
    {
        if (!ApiToken.TryParse(text, out var token))
            return Invalid;

        var entry = await FindAsync(token.Id, cancellation);
        if (entry is null || !token.HasHash(entry.Row.Hash))
            return Invalid;
        if (entry.Row.RevokedAt is { } revoked)
            return Refused("token_revoked", $"The token \"{entry.Row.Name}\" was revoked at {revoked:u}. Ask an administrator for a new one.");
        if (entry.Row.ExpiresAt is { } expired && expired <= clock.GetUtcNow())
            return Refused("token_expired", $"The token \"{entry.Row.Name}\" expired at {expired:u}. Ask an administrator for a new one.");

        NoteUse(entry);
        return entry.Caller;
    }

    /// <summary>For an answer that goes on for long: false once its token was revoked or has expired.</summary>
    public async ValueTask<bool> StillCountsAsync(Caller caller, CancellationToken cancellation) =>
        await FindAsync(caller.TokenId, cancellation) is { Row.RevokedAt: null } entry && !(entry.Row.ExpiresAt <= clock.GetUtcNow());

    /// <summary>The token changed: the next request reads it again.</summary>
    public void Forget(string id)
    {
        Interlocked.Increment(ref revocations);
        entries.TryRemove(id, out _);
    }

    private async ValueTask<Entry?> FindAsync(string id, CancellationToken cancellation)
    {
        if (entries.TryGetValue(id, out var known) && clock.GetElapsedTime(known.ReadAt) < Believed)
            return known;

        var before = Volatile.Read(ref revocations);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<TokenRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
            return null;

        var entry = new Entry(row, Caller.Of(row), clock.GetTimestamp()) { UseNotedAt = known?.UseNotedAt ?? row.LastUsedAt ?? DateTimeOffset.MinValue };
        if (entries.Count >= Limit)
            entries.Clear();

        // What was read before a revocation must not be believed after it.
        entries[id] = entry;
        if (Volatile.Read(ref revocations) != before)
            entries.TryRemove(id, out _);
        return entry;
    }

    private void NoteUse(Entry entry)
    {
        var now = clock.GetUtcNow();
        if (now - entry.UseNotedAt < UseNoted)
            return;

        entry.UseNotedAt = now;
        ledger.TokenUsed(entry.Row.Id, now);
    }

    private static Refusal Refused(string code, string detail) => new(code, StatusCodes.Status401Unauthorized, detail);

    private sealed class Entry(TokenRow row, Caller caller, long readAt)
    {
        public TokenRow Row => row;

        public Caller Caller => caller;

        public long ReadAt => readAt;

        public DateTimeOffset UseNotedAt { get; set; }
    }
}
