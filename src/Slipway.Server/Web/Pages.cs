namespace Slipway.Server.Web;

/// <summary>
/// An address that a person opens and that is nothing else is a page of the interface. Not an endpoint: one that takes every address would turn each
/// 404 of the API into a 405.
/// </summary>
internal sealed class Pages(RequestDelegate next, WebInterface web)
{
    private static readonly PathString[] NeverPages = ["/api", "/docs", "/openapi", "/health", "/metrics", "/agent", "/assets"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsPage(context))
            return next(context);

        context.Response.Headers.CacheControl = "no-cache";
        return web.Page.ExecuteAsync(context);
    }

    private bool IsPage(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint() is not null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return false;

        return request.Path == "/" || (web.IsBuilt && AcceptsHtml(request) && !Array.Exists(NeverPages, path => request.Path.StartsWithSegments(path)));
    }

    private static bool AcceptsHtml(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
