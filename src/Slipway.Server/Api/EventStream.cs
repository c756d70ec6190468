using System.Globalization;

namespace Slipway.Server.Api;

/// <summary>Server-sent events as an answer. Null items become comments: signs of life that keep proxies from hanging up.</summary>
internal sealed class EventStream(Func<CancellationToken, IAsyncEnumerable<StreamItem?>> items) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        using var ends = EndOf(httpContext);
        try
        {
            await BeginAsync(response, ends.Token);
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

    /// <summary>A server that stops ends its streams; readers come back to the next one.</summary>
    public static CancellationTokenSource EndOf(HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    /// <summary>Says that this is a stream, and that it has begun.</summary>
    public static async Task BeginAsync(HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync(":\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    private static string Frame(StreamItem item) => item.Id is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"event: {item.Type}\nid: {id}\ndata: {item.Data}\n\n")
        : $"event: {item.Type}\ndata: {item.Data}\n\n";
}
