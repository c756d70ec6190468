using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>Where a server sends its agents for the bytes: gives them to whoever has a link that has not run out.</summary>
internal sealed class FakeBucket : IAsyncDisposable
{
    private readonly byte[] content;
    private WebApplication app = null!;
    private int links;

    private FakeBucket(byte[] content) => this.content = content;

    public Uri Address { get; private set; } = null!;

    /// <summary>Link, range and authorization of every request.</summary>
    public ConcurrentQueue<(string Link, long Start, string Authorization)> Requests { get; } = new();

    /// <summary>Answers in place of the bytes, in order; 0: the bytes, cut off in the middle.</summary>
    public ConcurrentQueue<int> Troubles { get; } = new();

    public static async Task<FakeBucket> StartAsync(byte[] content)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var bucket = new FakeBucket(content) { app = builder.Build() };
        bucket.app.Run(bucket.AnswerAsync);
        await bucket.app.StartAsync();
        bucket.Address = new(bucket.app.Urls.First());
        return bucket;
    }

    /// <summary>Another one each time.</summary>
    public string NextLink() => new Uri(Address, $"object?link={++links}").ToString();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var start = (int)(context.Request.GetTypedHeaders().Range?.Ranges.First().From ?? 0);
        Requests.Enqueue((context.Request.Query["link"].ToString(), start, context.Request.Headers.Authorization.ToString()));
        var isTrouble = Troubles.TryDequeue(out var status);
        if (isTrouble && status > 0)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
            return;
        }

        context.Response.StatusCode = start > 0 ? 206 : 200;
        if (start > 0)
            context.Response.Headers.ContentRange = $"bytes {start}-{content.Length - 1}/{content.Length}";

        context.Response.ContentLength = content.Length - start;
        await context.Response.Body.WriteAsync(content.AsMemory(start, isTrouble ? (content.Length - start) / 2 : content.Length - start));
        await context.Response.Body.FlushAsync();
        if (isTrouble)
            context.Abort();
    }
}
