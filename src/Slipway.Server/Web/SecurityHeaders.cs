namespace Slipway.Server.Web;

/// <summary>
/// What a browser may do with an answer. Set when the answer begins, because a failure on the way clears what was set before.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // The component library sets styles on elements; scripts come from files of this server alone.
    private const string OfPages =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string OfAnswers = "default-src 'none'; frame-ancestors 'none'";

    // Its page brings scripts in its own text.
    private const string OfDocumentation = "frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => SetAsync((HttpContext)state), context);
        return next(context);
    }

    private static Task SetAsync(HttpContext context)
    {
        var (path, headers) = (context.Request.Path, context.Response.Headers);
        var api = path.StartsWithSegments("/api");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = api ? OfAnswers : path.StartsWithSegments("/docs") ? OfDocumentation : OfPages;

        // A cache on the way knows the Authorization header, but not that a cookie says who may read.
        if (api && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
