using System.Collections.Concurrent;
using Slipway.Agent.Preparing.Archives;

namespace Slipway.Agent.Preparing;

/// <summary>
/// Hands the blocks of a download to the thread that unpacks them, without copying: a few large buffers go round between the two. When the reader has
/// ended, early or not, the writer goes on without it, because the digest is over the whole file.
/// </summary>
internal sealed class ChunkPipe : IDisposable
{
    public const int ChunkSize = 256 * 1024;
    private const int Chunks = 8;
    private readonly ConcurrentQueue<byte[]> free = [];
    private readonly ConcurrentQueue<(byte[] Buffer, int Length)> filled = [];
    private readonly SemaphoreSlim freeCount = new(Chunks);
    private readonly SemaphoreSlim filledCount = new(0);
    private readonly CancellationTokenSource readerEnded = new();

    /// <summary>A buffer to fill. Waits for the reader to be done with one.</summary>
    public async ValueTask<byte[]> RentAsync(CancellationToken cancellation)
    {
        if (!readerEnded.IsCancellationRequested)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, readerEnded.Token);
            await freeCount.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }

        if (free.TryDequeue(out var buffer))
            return buffer;

        return new byte[ChunkSize];
    }

    /// <summary>Hands a rented buffer on to the reader; one in which nothing is goes back.</summary>
    public void Return(byte[] buffer, int length)
    {
        if (length > 0 && !readerEnded.IsCancellationRequested)
        {
            filled.Enqueue((buffer, length));
            filledCount.Release();
            return;
        }

        free.Enqueue(buffer);
        freeCount.Release();
    }

    /// <summary>This was all.</summary>
    public void Complete()
    {
        filled.Enqueue(([], 0));
        filledCount.Release();
    }

    /// <summary>What the unpacking thread reads from.</summary>
    public Stream OpenReader(CancellationToken cancellation) => new Reader(this, cancellation);

    public void EndReading() => readerEnded.Cancel();

    public void Dispose()
    {
        readerEnded.Dispose();
        freeCount.Dispose();
        filledCount.Dispose();
    }

    private sealed class Reader(ChunkPipe pipe, CancellationToken cancellation) : ReadOnlyStream
    {
        private byte[] buffer = [];
        private int start;
        private int end;
        private bool ended;

        public override int Read(Span<byte> target)
        {
            if (start == end && !ended)
                TakeNext();

            var length = Math.Min(target.Length, end - start);
            buffer.AsSpan(start, length).CopyTo(target);
            start += length;
            return length;
        }

        private void TakeNext()
        {
            if (buffer.Length > 0)
            {
                pipe.free.Enqueue(buffer);
                pipe.freeCount.Release();
                buffer = [];
            }

            pipe.filledCount.Wait(cancellation);
            pipe.filled.TryDequeue(out var next);
            (buffer, start, end) = (next.Buffer, 0, next.Length);
            ended = end == 0;
        }
    }
}
