using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Api;

namespace Slipway.Server.Versions;

/// <summary>
/// One file on its way: who writes it now, and the hash of what has arrived. The hash is made while bytes pass by; after a restart of the server it is made
/// once from what is on the disk.
/// </summary>
internal sealed class UploadSession(ArtifactDigest digest) : IDisposable
{
    private const int ReadAtOnce = 1024 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long hashed;
    private int writers;

    /// <summary>All bytes are here and are being stored: whoever asks meanwhile waits for the same end. Null: not so far.</summary>
    public Task<Outcome<Upload>>? Finishing { get; set; }

    public bool TryEnter() => Interlocked.CompareExchange(ref writers, 1, 0) == 0;

    public void Leave()
    {
        Finishing = null;
        Volatile.Write(ref writers, 0);
    }

    /// <summary>Makes the hash speak of the first <paramref name="length"/> bytes of the file.</summary>
    public async Task CatchUpAsync(SafeFileHandle file, long length, CancellationToken cancellation)
    {
        if (hashed == length)
            return;

        Restart();
        var buffer = new byte[ReadAtOnce];
        while (hashed < length)
        {
            var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - hashed)), hashed, cancellation);
            if (read == 0)
                throw new IOException($"The partial file of {digest} became shorter while it was read.");

            hash.AppendData(buffer, 0, read);
            hashed += read;
        }
    }

    /// <summary>
    /// Writes what comes, at most up to <paramref name="size"/>. What was written stays when the connection breaks, which ends in an exception of the reader.
    /// Memory: what Kestrel buffers of one request body (1 MB), whatever the size of the file.
    /// </summary>
    public async Task<Received> ReceiveAsync(PipeReader body, SafeFileHandle file, long size, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.Buffer.Length > size - hashed)
                return Received.TooMuch;

            if (!read.Buffer.IsEmpty && !await WriteAsync(file, read.Buffer))
                return Received.DiskFull;

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return Received.All;
        }
    }

    public bool Matches() => Convert.ToHexStringLower(hash.GetCurrentHash()) == digest.Value;

    public void Restart()
    {
        hash.GetHashAndReset();
        hashed = 0;
    }

    public void Dispose() => hash.Dispose();

    private async Task<bool> WriteAsync(SafeFileHandle file, System.Buffers.ReadOnlySequence<byte> bytes)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        foreach (var segment in bytes)
            segments.Add(segment);

        try
        {
            // Not cancelled: bytes that are here are worth keeping, and the hash must agree with the file.
            await RandomAccess.WriteAsync(file, segments, hashed, CancellationToken.None);
        }
        catch (IOException exception) when (DiskFull.Is(exception))
        {
            RandomAccess.SetLength(file, hashed);
            return false;
        }

        foreach (var segment in segments)
            hash.AppendData(segment.Span);

        hashed += bytes.Length;
        return true;
    }
}

/// <summary>How a request's body ended.</summary>
internal enum Received
{
    All,
    TooMuch,
    DiskFull,
}

internal static class DiskFull
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    public static bool Is(IOException exception) => exception.HResult is NoSpace or OverQuota;
}
