using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slipway.Contracts;

namespace Slipway.Cli.Tests.Fake;

/// <summary>A server of the same contracts on a free port of loopback: it knows what a test tells it and fails as a test tells it.</summary>
internal sealed partial class FakeServer : IAsyncDisposable
{
    public const string Token = "slp_test_secret";

    private readonly ConcurrentQueue<int> refusals = new();
    private WebApplication app = null!;

    public string Address { get; private set; } = "";

    /// <summary>Method, path and query of everything that was asked.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<(string Path, string Key)> IdempotencyKeys { get; } = new();

    public static async Task<FakeServer> StartAsync(int port = 0)
    {
        var server = new FakeServer();
        await server.ListenAsync(port);
        return server;
    }

    public int Port => new Uri(Address).Port;

    /// <summary>The next requests are answered with these statuses, one each.</summary>
    public void Refuse(params int[] statuses)
    {
        foreach (var status in statuses)
            refusals.Enqueue(status);
    }

    /// <summary>Dies without a word to anybody.</summary>
    public async Task StopAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    public Task RestartAsync() => ListenAsync(Port);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Use(GuardAsync);
        app.UseRouting();
        MapThings(app);
        MapUploads(app);
        MapDeployments(app);
#pragma warning disable ASP0014
        app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
        app.MapFallback(context => ProblemAsync(context, 404, "not_found", $"{context.Request.Path} is nothing the fake knows."));
        await app.StartAsync();
        Address = app.Urls.First();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path.Value!.Replace("/api/v1", "", StringComparison.Ordinal)}{context.Request.QueryString}");
        if (context.Request.Headers.TryGetValue("Idempotency-Key", out var key))
            IdempotencyKeys.Enqueue((context.Request.Path.Value!, key.ToString()));

        if (refusals.TryDequeue(out var status))
            await ProblemAsync(context, status, "told_to", $"The fake was told to answer {status}.");
        else if (context.Request.Headers.Authorization != "Bearer " + Token)
            await ProblemAsync(context, 401, "token_invalid", "The token is not valid.");
        else
            await next(context);
    }

    public static Task ProblemAsync(HttpContext context, int status, string code, string detail, Dictionary<string, string[]>? errors = null)
    {
        context.Response.StatusCode = status;
        var problem = new ApiProblem { Title = "Refused", Status = status, Code = code, Detail = detail, Errors = errors };
        return WriteAsync(context, problem, ContractsJson.Default.ApiProblem, status, "application/problem+json");
    }

    private static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = 200, string contentType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) =>
        (await JsonSerializer.DeserializeAsync(context.Request.Body, type))!;
}
