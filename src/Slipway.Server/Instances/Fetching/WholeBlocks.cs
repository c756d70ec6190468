using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Slipway.Server.Instances.Fetching;

/// <summary>
/// Sends files in large blocks, read from the page cache straight into the connection's own buffers. ASP.NET's own way reads 16 KB at a time,
/// each through the thread pool and a second buffer; fifty instances that fetch at once feel that.
/// </summary>
internal sealed class WholeBlocks(IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private const int BlockSize = 128 * 1024;

    public Stream Stream => inner.Stream;

    public PipeWriter Writer => inner.Writer;

    public static void Use(HttpContext context) =>
        context.Features.Set<IHttpResponseBodyFeature>(new WholeBlocks(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>()));

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var left = count ?? RandomAccess.GetLength(file) - offset;
        await inner.StartAsync(cancellationToken);
        while (left > 0)
        {
            var block = inner.Writer.GetMemory(BlockSize);
            var read = RandomAccess.Read(file, block.Span[..(int)Math.Min(block.Length, left)], offset);
            if (read == 0)
                throw new EndOfStreamException($"{path} is shorter than it was.");

            inner.Writer.Advance(read);
            (offset, left) = (offset + read, left - read);
            if ((await inner.Writer.FlushAsync(cancellationToken)).IsCompleted)
                return;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();

    public void DisableBuffering() => inner.DisableBuffering();
}
