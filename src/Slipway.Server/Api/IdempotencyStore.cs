using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>The claims on keys and the answers they led to. Answers are encrypted, because some hold the secret of a new token.</summary>
internal sealed partial class IdempotencyStore(
    IDbContextFactory<SlipwayDb> databases, IDatabase database, IDataProtectionProvider protection, TimeProvider clock, ILogger<IdempotencyStore> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>On a database of several nodes a claim this old belongs to a node that died.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    public static Refusal InProgress { get; } = Refusal.Conflict(
        "idempotency_in_progress", "The same request is being done at this moment. Repeat it in a second to get its answer.");

    private readonly IDataProtector protector = protection.CreateProtector("idempotency");
    private DateTimeOffset cleaned;

    public async Task<Outcome<Claim>> ClaimAsync(string actor, string key, byte[] request, CancellationToken cancellation)
    {
        await CleanAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var row = await db.Set<IdempotencyRow>().SingleOrDefaultAsync(row => row.Actor == actor && row.Key == key, cancellation);
        if (row is not null && now - row.CreatedAt < Kept)
            return await JudgeAsync(db, row, request, now, cancellation);

        if (row is not null)
            db.Remove(row);
        db.Add(new IdempotencyRow { Actor = actor, Key = key, Request = request, CreatedAt = now });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return new Claim(null);
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            // Another node claimed it in the same moment.
            return InProgress;
        }
    }

    public async Task<bool> StoreAsync(string actor, string key, Answer answer)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            var row = await db.Set<IdempotencyRow>().SingleAsync(row => row.Actor == actor && row.Key == key);
            row.Status = answer.Status;
            row.Location = answer.Location;
            row.Body = protector.Protect($"{answer.ContentType}\n{answer.Body}");
            await db.SaveChangesAsync();
            return true;
        }
        catch (Exception e)
        {
            // The request is done and its answer goes out; only a repetition would run again.
            LogNotStored(e);
            return false;
        }
    }

    public async Task ReleaseAsync(string actor, string key)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            await db.Set<IdempotencyRow>().Where(row => row.Actor == actor && row.Key == key).ExecuteDeleteAsync();
        }
        catch (Exception e)
        {
            LogNotStored(e);
        }
    }

    private async Task<Outcome<Claim>> JudgeAsync(SlipwayDb db, IdempotencyRow row, byte[] request, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!row.Request.AsSpan().SequenceEqual(request))
            return new Refusal("idempotency_key_reused", StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used for a different request. Use a new key for every new request.");

        if (row.Status != 0)
        {
            if (Unprotect(row) is { } answer)
                return new Claim(answer);
        }
        else if (database.IsShared && now - row.CreatedAt < Abandoned)
        {
            return InProgress;
        }

        // Claimed by a process that died: with SQLite there is only this one, and here it is not under way.
        row.CreatedAt = now;
        row.Status = 0;
        await db.SaveChangesAsync(cancellation);
        return new Claim(null);
    }

    private Answer? Unprotect(IdempotencyRow row)
    {
        try
        {
            var text = protector.Unprotect(row.Body ?? "");
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            return new(row.Status, end == 0 ? null : text[..end], row.Location, text[(end + 1)..]);
        }
        catch (CryptographicException)
        {
            // The key ring was lost: the answer is gone.
            return null;
        }
    }

    private async Task CleanAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now - cleaned < TimeSpan.FromHours(1))
            return;

        cleaned = now;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var old = now - Kept;
        await db.Set<IdempotencyRow>().Where(row => row.CreatedAt < old).ExecuteDeleteAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer for an Idempotency-Key could not be stored or released")]
    private partial void LogNotStored(Exception exception);

    /// <summary>The key is ours; with an answer there is nothing left to do.</summary>
    internal sealed record Claim(Answer? Answer);

    internal sealed record Answer(int Status, string? ContentType, string? Location, string Body)
    {
        public async Task SendAsync(HttpContext context)
        {
            context.Response.StatusCode = Status;
            context.Response.ContentType = ContentType;
            if (Location is not null)
                context.Response.Headers.Location = Location;
            if (Body.Length > 0)
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), context.RequestAborted);
        }
    }
}
