using Slipway.Server.Api;

namespace Slipway.Server.Changes;

/// <summary>The answer of one reader: what it missed, then what happens, until it leaves.</summary>
/// <param name="lastEventId">Null: the reader is new and begins with what happens from now on.</param>
/// <param name="mayGoOn">Asked once in a while: whether the reader's token still counts.</param>
internal sealed class ChangeStream(ChangeFeed feed, ChangeReader reader, long? lastEventId, Func<CancellationToken, ValueTask<bool>> mayGoOn) : IResult
{
    /// <summary>Longer ago is not told one by one: whoever was away that long reads everything again.</summary>
    private const long LongestCatchUp = 5_000;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private const long BetweenQuestions = 10_000;
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    /// <summary>The last event the reader was told.</summary>
    private long position;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ends = EventStream.EndOf(httpContext);
        using var held = reader;
        try
        {
            // Before the reader hears that the stream has begun: what it asks for then can not change unnoticed.
            await SubscribeAsync(ends.Token);
            await EventStream.BeginAsync(httpContext.Response, ends.Token);
            await WriteAsync(httpContext.Response, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The reader has left, or the server stops.
        }
        finally
        {
            feed.Unsubscribe(reader);
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellation)
    {
        var last = await feed.SubscribeAsync(reader, cancellation);
        position = lastEventId ?? last;
        if (lastEventId is null)
            return;

        // Only events can be told afterwards.
        reader.OfferEverything();
        if (position > last || last - position > LongestCatchUp)
            position = last;
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellation)
    {
        var catchesUp = lastEventId is not null;
        var askedAt = Environment.TickCount64;
        while (true)
        {
            if (Environment.TickCount64 - askedAt > BetweenQuestions)
            {
                if (!await mayGoOn(cancellation))
                    return;

                askedAt = Environment.TickCount64;
            }

            if (reader.TakeMissed() || catchesUp)
                await CatchUpAsync(response, cancellation);

            catchesUp = false;
            var frames = reader.Take(ref position);
            foreach (var frame in frames)
                await response.Body.WriteAsync(frame, cancellation);

            if (frames.Count > 0)
                await response.Body.FlushAsync(cancellation);

            if (!await reader.WaitAsync(SignOfLife, cancellation))
            {
                await response.Body.WriteAsync(Comment, cancellation);
                await response.Body.FlushAsync(cancellation);
            }
        }
    }

    /// <summary>What was offered meanwhile waits in the reader, and what is known by then is left out there.</summary>
    private async Task CatchUpAsync(HttpResponse response, CancellationToken cancellation)
    {
        if (await feed.LastAsync(cancellation) is var last && last - position > LongestCatchUp)
        {
            reader.OfferEverything();
            position = last;
        }

        IReadOnlyList<EventFrame> frames;
        do
        {
            frames = await feed.ReadAsync(position, cancellation);
            foreach (var frame in frames)
            {
                position = frame.Id;
                if (reader.Sees(frame.Target))
                    await response.Body.WriteAsync(frame.Bytes, cancellation);
            }

            await response.Body.FlushAsync(cancellation);
        }
        while (frames.Count > 0);
    }
}
