using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Slipway.Server.Tests.Versions.S3;

/// <summary>Stands before the emulator, sees every request and makes the faults that it does not make.</summary>
internal sealed class FaultyS3 : IAsyncDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly Uri behind;
    private WebApplication app = null!;

    private FaultyS3(Uri behind) => this.behind = behind;

    public Uri Address { get; private set; } = null!;

    /// <summary>Does something else than answering. True: that was the answer.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    /// <summary>After S3 did what was asked, in place of its answer. True: the answer is lost.</summary>
    public Func<HttpRequest, bool> LoseAnswer { get; set; } = _ => false;

    /// <summary>Method, path and query of what came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What whoever followed a link had in the header Authorization.</summary>
    public ConcurrentQueue<string> LinkAuthorizations { get; } = new();

    public static async Task<FaultyS3> StartAsync(Uri behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var s3 = new FaultyS3(behind) { app = builder.Build() };
        s3.app.Run(s3.PassAsync);
        await s3.app.StartAsync();
        s3.Address = new(s3.app.Urls.First());
        return s3;
    }

    public void IsWell()
    {
        Fault = _ => Task.FromResult(false);
        LoseAnswer = _ => false;
        Requests.Clear();
        LinkAuthorizations.Clear();
    }

    /// <summary>Nobody there: connections break.</summary>
    public void IsAway() => Fault = context =>
    {
        context.Abort();
        return Task.FromResult(true);
    };

    /// <summary>What S3 answers to what it does not do.</summary>
    public void Refuses(Func<HttpRequest, bool> what, int status, string code) => Fault = async context =>
    {
        if (!what(context.Request))
            return false;

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>No.</Message><RequestId>1</RequestId></Error>");
        return true;
    };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var request = context.Request;
        Requests.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        if (request.Query.ContainsKey("X-Amz-Signature"))
            LinkAuthorizations.Enqueue(request.Headers.Authorization.ToString());

        if (await Fault(context))
            return;

        using var onward = new HttpRequestMessage(new(request.Method), new Uri(behind, $"{request.Path}{request.QueryString}"))
        {
            Content = request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0 ? new StreamContent(request.Body) : null,
        };
        foreach (var (name, values) in request.Headers)
        {
            if (!onward.Headers.TryAddWithoutValidation(name, (string[])values!))
                onward.Content?.Headers.TryAddWithoutValidation(name, (string[])values!);
        }

        using var answer = await http.SendAsync(onward, context.RequestAborted);
        if (LoseAnswer(request))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")))
            context.Response.Headers[name] = values.ToArray();

        if (request.Method != "HEAD" && answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
