using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Win32.SafeHandles;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>Files on their way to the artifact store: begun, continued after any break, verified at the end.</summary>
internal sealed partial class Uploads(
    IArtifactStore store,
    Arriving arriving,
    ArtifactSettings settings,
    IDbContextFactory<SlipwayDb> databases,
    TimeProvider clock,
    ILogger<Uploads> log)
{
    private readonly ConcurrentDictionary<ArtifactDigest, UploadSession> sessions = new();

    public async Task<Outcome<Upload>> StartAsync(StartUpload request, CancellationToken cancellation)
    {
        if (request.Size < 1)
            return Refusal.Invalid("size", "An artifact has at least one byte.");

        if (request.Size > settings.MaximumArtifactSize)
            return UploadRefusals.TooLarge(request.Size, settings.MaximumArtifactSize);

        if (await store.SizeOfAsync(request.Sha256, cancellation) is { } stored)
        {
            await store.TouchAsync(request.Sha256, cancellation);
            await TidyAsync(request.Sha256, cancellation);
            return stored == request.Size ? Complete(request.Sha256, stored)
                : Refusal.Invalid("size", $"The file with this sha256 has {stored} bytes, not {request.Size}.");
        }

        var needed = request.Size - arriving.Length(request.Sha256) + settings.ReservedDiskSpace;
        if (arriving.FreeSpace < needed)
            return UploadRefusals.InsufficientStorage;

        return await RememberAsync(request, cancellation)
            ? Underway(request.Sha256, request.Size)
            : UploadRefusals.InProgress;
    }

    public async Task<Outcome<Upload>> GetAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        // What lies on this disk is not stored, or only the last moment of storing it is missing: its sender puts that right.
        if (arriving.Length(digest) == 0 && await store.SizeOfAsync(digest, cancellation) is { } stored)
            return Complete(digest, stored);

        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<UploadRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Sha256 == digest, cancellation) is { } row
            ? Underway(digest, row.Size)
            : UploadRefusals.NotFound(digest);
    }

    /// <summary>Takes the bytes from <paramref name="offset"/> on.</summary>
    public async Task<Outcome<Upload>> AppendAsync(ArtifactDigest digest, long offset, long? length, PipeReader body, CancellationToken cancellation)
    {
        if (!(await GetAsync(digest, cancellation)).Is(out var upload, out var refusal))
            return refusal;

        if (upload.Complete)
            return upload;

        if (length > upload.Size - offset)
            return offset == upload.Offset ? UploadRefusals.TooMuch(upload.Size) : UploadRefusals.OffsetMismatch(upload.Offset);

        var session = sessions.GetOrAdd(digest, key => new(key));
        if (!session.TryEnter())
            return offset == upload.Size && session.Finishing is { } finishing ? await finishing.WaitAsync(cancellation) : UploadRefusals.InProgress;

        try
        {
            return await AppendAsync(session, upload, offset, body, cancellation);
        }
        finally
        {
            session.Leave();
        }
    }

    private async Task<Outcome<Upload>> AppendAsync(UploadSession session, Upload upload, long offset, PipeReader body, CancellationToken cancellation)
    {
        // It may have been finished between the first look and taking the turn.
        var arrived = arriving.Length(upload.Sha256);
        if (arrived == 0 && await store.SizeOfAsync(upload.Sha256, cancellation) is { } stored)
            return Complete(upload.Sha256, stored);

        if (offset != arrived)
            return UploadRefusals.OffsetMismatch(arrived);

        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(arriving.Path(upload.Sha256), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous);
        }
        catch (IOException exception) when (DiskFull.Is(exception))
        {
            return UploadRefusals.InsufficientStorage;
        }
        catch (IOException) when (File.Exists(arriving.Path(upload.Sha256)))
        {
            // Another process has it open; the file itself is the last word on who writes.
            return UploadRefusals.InProgress;
        }

        using (file)
        {
            await session.CatchUpAsync(file, arrived, cancellation);
            switch (await session.ReceiveAsync(body, file, upload.Size, cancellation))
            {
                case Received.TooMuch:
                    return UploadRefusals.TooMuch(upload.Size);
                case Received.DiskFull:
                    LogDiskFull(upload.Sha256, RandomAccess.GetLength(file), upload.Size);
                    return UploadRefusals.InsufficientStorage;
            }

            arriving.Touch(upload.Sha256);
            if (RandomAccess.GetLength(file) < upload.Size)
                return Underway(upload.Sha256, upload.Size);

            if (session.Matches())
                RandomAccess.FlushToDisk(file);
        }

        session.Finishing = FinishAsync(session, upload);
        return await session.Finishing;
    }

    /// <summary>Not cancelled: the file is whole, whether or not somebody still waits for the answer.</summary>
    private async Task<Outcome<Upload>> FinishAsync(UploadSession session, Upload upload)
    {
        if (!session.Matches())
        {
            await ForgetAsync(upload.Sha256, CancellationToken.None);
            LogMismatch(upload.Sha256, upload.Size);
            return UploadRefusals.DigestMismatch(upload.Sha256);
        }

        await store.AdoptAsync(upload.Sha256);
        await ForgetAsync(upload.Sha256, CancellationToken.None);
        LogStored(upload.Sha256, upload.Size);
        return Complete(upload.Sha256, upload.Size);
    }

    private async Task ForgetAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        arriving.Delete(digest);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<UploadRow>().SingleOrDefaultAsync(row => row.Sha256 == digest, cancellation) is { } row)
        {
            db.Remove(row);
            await db.SaveChangesAsync(cancellation);
        }

        // Not disposed: somebody may have got hold of it a moment ago, and finds the upload finished. The collector takes it.
        sessions.TryRemove(digest, out _);
    }

    /// <summary>False: the same digest is being written with another size.</summary>
    private async Task<bool> RememberAsync(StartUpload request, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<UploadRow>().SingleOrDefaultAsync(row => row.Sha256 == request.Sha256, cancellation);
        if (row?.Size == request.Size)
            return true;

        // Only one of two sizes can be right for a digest; the newer one begins anew.
        if (row is not null && !await RemoveAsync(request.Sha256, cancellation))
            return false;

        db.ChangeTracker.Clear();
        db.Add(new UploadRow { Sha256 = request.Sha256, Size = request.Size, StartedAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            // Two began it in the same moment; both may send, one at a time.
            db.ChangeTracker.Clear();
            return await db.Set<UploadRow>().AnyAsync(other => other.Sha256 == request.Sha256 && other.Size == request.Size, cancellation);
        }

        return true;
    }

    private Upload Underway(ArtifactDigest digest, long size) => new() { Sha256 = digest, Size = size, Offset = arriving.Length(digest), Complete = false };

    private static Upload Complete(ArtifactDigest digest, long size) => new() { Sha256 = digest, Size = size, Offset = size, Complete = true };
}
