namespace Slipway.Server.Web;

/// <summary>The web interface: files that were built before, an ordinary client of the API.</summary>
internal static class WebModule
{
    /// <summary>The interface lies beside the program, wherever that is started from. .NET makes a folder that is named here and missing, hence the question.</summary>
    public static WebApplicationOptions Options(string[] args)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return new() { Args = args, WebRootPath = Directory.Exists(beside) ? beside : null };
    }

    public static void AddWeb(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(WebInterface.In(builder.Environment.WebRootPath));

    public static void UseWeb(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Pages>();
    }

    public static void MapWeb(this WebApplication app)
    {
        if (app.Services.GetRequiredService<WebInterface>() is { Manifest: { } manifest })
            app.MapStaticAssets(manifest).Add(NeverAskAgain);
    }

    /// <summary>What lies under /assets has the hash of its content in its name: the same name never means anything else.</summary>
    private static void NeverAskAgain(EndpointBuilder asset)
    {
        if (asset is not RouteEndpointBuilder { RoutePattern.RawText: { } route } || !route.TrimStart('/').StartsWith("assets/", StringComparison.Ordinal))
            return;

        var send = asset.RequestDelegate!;
        asset.RequestDelegate = context =>
        {
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode is < 300 or StatusCodes.Status304NotModified)
                    context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
            return send(context);
        };
    }
}
