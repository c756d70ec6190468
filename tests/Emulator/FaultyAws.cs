using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Emulator;

/// <summary>
/// Stands in front of an emulator and does what the real AWS does on a bad day: refuses, loses, repeats, delays, and looks at clocks. Steered while
/// it runs. What it does not harm passes as it is.
/// </summary>
public sealed class FaultyAws : IAsyncDisposable
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(15);
    private readonly WebApplication app;
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Uri behind;

    private FaultyAws(Uri behind, WebApplication app) => (this.behind, this.app) = (behind, app);

    public Uri Url { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Environment => AwsEmulator.EnvironmentFor(Url);

    /// <summary>Asked for every call.</summary>
    public Func<AwsCall, Fault> Decide { get; set; } = _ => Fault.None;

    /// <summary>What a call waits for before it is passed on.</summary>
    public Func<AwsCall, Task> Hold { get; set; } = _ => Task.CompletedTask;

    /// <summary>How far AWS' clock is from this machine's. With anything but zero, signatures that are too old or too new are refused.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Everything that came, in order.</summary>
    public ConcurrentQueue<AwsCall> Calls { get; } = new();

    public static async Task<FaultyAws> StartAsync(AwsEmulator emulator)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var proxy = new FaultyAws(emulator.Url, builder.Build());
        proxy.app.Run(proxy.HandleAsync);
        await proxy.app.StartAsync();
        proxy.Url = new Uri(proxy.app.Urls.First());
        return proxy;
    }

    public int Count(string action) => Calls.Count(call => call.Action == action);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var isObject = IsObject(context.Request);
        var body = isObject ? "" : await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        var call = CallOf(context.Request, body, isObject);
        Calls.Enqueue(call);
        context.Response.Headers.Date = (DateTimeOffset.UtcNow + ClockOffset).ToString("R", CultureInfo.InvariantCulture);
        if (IsClockWrong(context.Request))
        {
            await RefuseAsync(context, call, "SignatureDoesNotMatch", $"Signature expired: it is now {DateTimeOffset.UtcNow + ClockOffset:yyyyMMdd'T'HHmmss'Z'}", HttpStatusCode.Forbidden);
            return;
        }

        await Hold(call).WaitAsync(context.RequestAborted);

        switch (Decide(call))
        {
            case Fault.Denied:
                await RefuseAsync(context, call, call.Service == "sns" ? "AuthorizationError" : "AccessDenied", $"User is not authorized to perform: {call.Service}:{call.Action}", HttpStatusCode.Forbidden);
                break;
            case Fault.Unavailable:
                await RefuseAsync(context, call, "ServiceUnavailable", "Service is unable to handle request.", HttpStatusCode.ServiceUnavailable);
                break;
            case Fault.Throttled:
                await RefuseAsync(context, call, "Throttling", "Rate exceeded", HttpStatusCode.BadRequest);
                break;
            case Fault.Cut:
                context.Abort();
                break;
            case Fault.AnswerLost:
                using (await PassOnAsync(context, body, isObject))
                    context.Abort();
                break;
            case Fault.Swallowed:
                await AnswerPublishedAsync(context, body);
                break;
            case Fault.Twice:
                (await PassOnAsync(context, body, isObject)).Dispose();
                await AnswerAsync(context, body, isObject);
                break;
            default:
                await AnswerAsync(context, body, isObject);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, string body, bool isObject)
    {
        using var answer = await PassOnAsync(context, body, isObject);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (name is not ("Transfer-Encoding" or "Date" or "Connection"))
                context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Cancelled with the caller: an emulator that goes on waiting for somebody who is gone would swallow the next message.</summary>
    private async Task<HttpResponseMessage> PassOnAsync(HttpContext context, string body, bool isObject)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(behind, context.Request.Path + context.Request.QueryString));
        request.Content = isObject && context.Request.ContentLength is not > 0 && !context.Request.Headers.ContainsKey("Transfer-Encoding") ? null
            : isObject ? new StreamContent(context.Request.Body)
            : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is "Host" or "Connection" or "Transfer-Encoding" || (name == "Content-Length" && !isObject))
                continue;

            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return await http.SendAsync(request, context.RequestAborted);
    }

    /// <summary>S3 is spoken to with paths, the others with posts to the root.</summary>
    private static bool IsObject(HttpRequest request) =>
        !request.Headers.ContainsKey("X-Amz-Target") && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true;

    private static AwsCall CallOf(HttpRequest request, string body, bool isObject)
    {
        var from = request.Headers.UserAgent.ToString();
        if (isObject)
            return new("s3", request.Method, request.Path, "", request.QueryString.ToString(), from);

        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
            return new("sqs", target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..], request.Path, body, "", from);

        return new("sns", Regex.Match(body, "(?:^|&)Action=([^&]*)").Groups[1].Value, request.Path, body, "", from);
    }

    private bool IsClockWrong(HttpRequest request) =>
        ClockOffset != TimeSpan.Zero
        && DateTimeOffset.TryParseExact(request.Headers["X-Amz-Date"].ToString(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
        && (signed - (DateTimeOffset.UtcNow + ClockOffset)).Duration() > ClockTolerance;

    private static Task RefuseAsync(HttpContext context, AwsCall call, string code, string message, HttpStatusCode status)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = call.Service == "sqs" ? "application/x-amz-json-1.0" : "text/xml";
        return context.Response.WriteAsync(call.Service switch
        {
            "sqs" => $$"""{"__type":"com.amazonaws.sqs#{{code}}","message":"{{message}}"}""",
            "sns" => $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>",
            _ => $"<Error><Code>{(code == "SignatureDoesNotMatch" ? "RequestTimeTooSkewed" : code)}</Code><Message>{message}</Message></Error>",
        });
    }

    private static Task AnswerPublishedAsync(HttpContext context, string body)
    {
        var ids = Regex.Matches(body, @"PublishBatchRequestEntries\.member\.\d+\.Id=([^&]*)").Select(match => match.Groups[1].Value);
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync(
            $"<PublishBatchResponse><PublishBatchResult><Successful>{string.Concat(ids.Select(id => $"<member><Id>{id}</Id><MessageId>{Guid.NewGuid()}</MessageId></member>"))}</Successful><Failed/></PublishBatchResult></PublishBatchResponse>");
    }
}
