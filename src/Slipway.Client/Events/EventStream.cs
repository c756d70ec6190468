using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Slipway.Client.Http;

namespace Slipway.Client.Events;

/// <summary>One open stream of server-sent events.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly Stream body;
    private readonly SlipwayClientOptions options;

    private EventStream(HttpResponseMessage response, Stream body, SlipwayClientOptions options) =>
        (this.response, this.body, this.options) = (response, body, options);

    /// <summary>One attempt. Throws <see cref="ApiException"/> on a refusal, <see cref="ServerUnreachableException"/> without an answer.</summary>
    public static async Task<EventStream> OpenAsync(ApiConnection connection, string path, string? lastEventId, CancellationToken cancellation)
    {
        var request = connection.Request(HttpMethod.Get, path);
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);

        var response = await connection.SendOnceAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
                throw new ApiException(await Answers.ReadProblemAsync(response, cancellation));
        }

        return new EventStream(response, await response.Content.ReadAsStreamAsync(cancellation), connection.Options);
    }

    /// <summary>The events until the server ends the stream. Throws <see cref="TimeoutException"/> after <paramref name="silence"/> without one.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(TimeSpan silence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watchdog = options.Time.CreateTimer(_ => stop.Cancel(), null, silence, Timeout.InfiniteTimeSpan);
        await using var items = SseParser.Create(body).EnumerateAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(items, cancellation))
        {
            watchdog.Change(silence, Timeout.InfiniteTimeSpan);
            yield return items.Current;
        }
    }

    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<SseItem<string>> items, CancellationToken cancellation)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Silence.Explain(options.Server, e) is { } broken)
        {
            throw broken;
        }
    }
}
