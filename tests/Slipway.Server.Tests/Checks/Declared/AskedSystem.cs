using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Another system that checks ask, and that answers what a test dictates.</summary>
internal sealed class AskedSystem : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Request> requests = new();
    private Func<Request, int, IResult> answer = (_, _) => Results.Text("ok");

    private AskedSystem(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public IReadOnlyList<Request> Requests => [.. requests];

    /// <param name="answer">To a request, and its number from 1 on.</param>
    public static async Task<AskedSystem> StartAsync(Func<Request, int, IResult>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var system = new AskedSystem(builder.Build());
        system.answer = answer ?? system.answer;
        system.app.Map("/{**path}", (Delegate)system.AnswerAsync);
        await system.app.StartAsync();
        return system;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new Request(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        int number;
        lock (requests)
        {
            requests.Enqueue(request);
            number = requests.Count;
        }

        return answer(request, number);
    }

    internal sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
