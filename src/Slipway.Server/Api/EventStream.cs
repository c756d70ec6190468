using System.Globalization;

namespace Slipway.Server.Api;

/// <summary>Server-sent events as an answer. Null items become comments: signs of life that keep proxies from hanging up.</summary>
internal sealed class EventStream(Func<CancellationToken, IAsyncEnumerable<StreamItem?>> items) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        // A server that stops ends its streams; readers come back to the next one.
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await response.WriteAsync(":\n\n", ends.Token);
            await response.Body.FlushAsync(ends.Token);
            await foreach (var item in items(ends.Token).WithCancellation(ends.Token))
            {
                await response.WriteAsync(item is null ? ":\n\n" : Frame(item), ends.Token);
                await response.Body.FlushAsync(ends.Token);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The reader has left, or the server stops.
        }
    }

    private static string Frame(StreamItem item) => item.Id is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"event: {item.Type}\nid: {id}\ndata: {item.Data}\n\n")
        : $"event: {item.Type}\ndata: {item.Data}\n\n";
}
