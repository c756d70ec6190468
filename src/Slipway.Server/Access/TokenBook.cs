using System.Collections.Concurrent;
using System.Text;
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
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";
    private const int Limit = 10_000;
    private const int LongestCredentials = 1024;

    private static readonly Refusal Invalid = Refused("token_invalid", "This token is unknown or mistyped. Check SLIPWAY_TOKEN, or ask an administrator for a new one (POST /api/v1/tokens).");

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private int revocations;

    /// <param name="basic">Whether the token may also come as the password of basic credentials: see <see cref="TakesBasic"/>.</param>
    public async ValueTask<Outcome<Caller>> CheckAsync(string? authorization, bool basic, CancellationToken cancellation)
    {
        if (authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true)
            return await CheckTokenAsync(authorization[Bearer.Length..].Trim(), cancellation);

        return basic && authorization?.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) == true
            ? await CheckTokenAsync(PasswordOf(authorization[Basic.Length..].Trim()), cancellation)
            : AccessRules.Unauthenticated;
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

    /// <summary>Empty when there is none. A token has no colon, and what stands before the first one is for whoever sends it.</summary>
    private static string PasswordOf(string credentials)
    {
        Span<byte> bytes = stackalloc byte[LongestCredentials];
        if (credentials.Length > LongestCredentials || !Convert.TryFromBase64String(credentials, bytes, out var length))
            return "";

        var text = Encoding.UTF8.GetString(bytes[..length]);
        return text.Contains(':', StringComparison.Ordinal) ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
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
