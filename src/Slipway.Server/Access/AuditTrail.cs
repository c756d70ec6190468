using Slipway.Server.Api;

namespace Slipway.Server.Access;

/// <summary>Records every request that changes something, done or refused, and every other that was refused for who asked it.</summary>
internal sealed class AuditTrail(RequestDelegate next, Ledger ledger, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (IsRecorded(context))
                ledger.Record(Entry(context));
        }
    }

    private static bool IsRecorded(HttpContext context)
    {
        if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            return true;

        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method);
        return !reads && (context.Response.StatusCode >= 400 || !IsNothing(context));
    }

    /// <summary>A part of something larger, or what somebody unknown may do as often as he likes: that must not fill the disk.</summary>
    private static bool IsNothing(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<AuditRefusalsOnly>() is not null || (metadata.GetMetadata<OpenToAll>() is not null && Caller.Of(context.User) is null));

    private AuditRow Entry(HttpContext context) => new()
    {
        Time = clock.GetUtcNow(),
        Actor = Actor.Of(context),
        Action = Printable($"{context.Request.Method} {context.Request.PathBase}{PathOf(context)}"),
        Status = context.Response.StatusCode,
        Code = (context.Items[typeof(Refusal)] as Refusal)?.Code,
        RemoteAddress = context.Connection.RemoteIpAddress?.ToString(),
    };

    private static string? PathOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<SecretPath>() is not null ? route.RoutePattern.RawText : context.Request.Path;

    /// <summary>A path may hold anything once it is decoded; a line of the record holds one short line.</summary>
    private static string Printable(string text)
    {
        var cut = text.Length > 300 ? text[..300] + "…" : text;
        return string.Create(cut.Length, cut, (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        });
    }
}

/// <summary>Marks endpoints that are called many times for one change, such as the parts of an upload: only refusals are recorded.</summary>
internal sealed record AuditRefusalsOnly;
