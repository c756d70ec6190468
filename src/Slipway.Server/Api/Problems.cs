using System.Data.Common;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>Whatever goes wrong is answered as problem details with a code, and never tells how the server works inside.</summary>
internal sealed partial class Problems(RequestDelegate next, ILogger<Problems> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response.StatusCode >= 400 && IsEmpty(context.Response))
                await AnswerAsync(context, ForStatus(context));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more; 499 is what the metrics and the audit see.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, ForException(context, e));
        }
    }

    private static bool IsEmpty(HttpResponse response) =>
        !response.HasStarted && response.ContentLength is null or 0 && string.IsNullOrEmpty(response.ContentType);

    private static Task AnswerAsync(HttpContext context, Refusal refusal)
    {
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.Headers.Allow = allow;
        return refusal.ToResult().ExecuteAsync(context);
    }

    private Refusal ForException(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return BadRequests.Explain(bad);
            case RefusedException refused:
                return refused.Refusal;
            case var _ when IsStorage(exception):
                LogUnavailable(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return new("unavailable", StatusCodes.Status503ServiceUnavailable, $"{DatabaseTroubles.ExplainIfDatabase(exception) ?? "The server cannot reach its storage at the moment."} Try again; the server's log has the cause under {context.TraceIdentifier}.");
            case OrleansMessageRejectionException:
                LogElsewhere(context.Request.Method, context.Request.Path, context.TraceIdentifier, exception.Message);
                return new("unavailable", StatusCodes.Status503ServiceUnavailable, "The node that works on this cannot be reached; another takes over within seconds. Try again.");
            default:
                LogFailed(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                return new("internal_error", StatusCodes.Status500InternalServerError, $"This is a fault of the server, not of the request. Its log has the cause under {context.TraceIdentifier}.");
        }
    }

    /// <summary>A full disk reaches us as the cause of what Entity Framework says about a write.</summary>
    private static bool IsStorage(Exception? exception) =>
        exception is DbException or TimeoutException or IOException || (exception?.InnerException is { } cause && IsStorage(cause));

    private static Refusal ForStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new("not_found", 404, "There is nothing at this address. All addresses are described at /docs."),
        StatusCodes.Status405MethodNotAllowed => new("method_not_allowed", 405, $"{Method(context)} is not possible here; the Allow header says what is."),
        StatusCodes.Status413PayloadTooLarge => BadRequests.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => BadRequests.WrongMediaType,
        var status => new(status >= 500 ? "internal_error" : "invalid_request", status, "The request cannot be answered. All addresses are described at /docs."),
    };

    private static string Method(HttpContext context) => context.Request.Method.Length <= 10 ? context.Request.Method : "This method";
}
