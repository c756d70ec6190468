using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

namespace Slipway.Server.Instances.Logs;

/// <summary>A tail as server-sent events. The answer begins before there is a line, so that the reader of a quiet service knows it listens.</summary>
internal sealed class LogStream(InstanceName instance, LogTail tail) : IResult
{
    private static readonly byte[] Data = "data: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();
    private static readonly byte[] SignOfLife = ":\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = tail;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        try
        {
            await response.StartAsync(httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
            await foreach (var lines in tail.ReadAsync(httpContext.RequestAborted))
                await WriteAsync(response, lines, httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The reader is gone.
        }
    }

    private async Task WriteAsync(HttpResponse response, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        if (lines is [])
            await response.Body.WriteAsync(SignOfLife, cancellation);

        foreach (var line in lines)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(new LogLine { Instance = instance, Line = line }, ContractsJson.Default.LogLine);
            await response.Body.WriteAsync(Data, cancellation);
            await response.Body.WriteAsync(json, cancellation);
            await response.Body.WriteAsync(End, cancellation);
        }

        await response.Body.FlushAsync(cancellation);
    }
}
