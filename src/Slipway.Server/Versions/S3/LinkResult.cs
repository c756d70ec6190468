namespace Slipway.Server.Versions.S3;

/// <summary>Sends the reader to where the bytes are. The link is for this reader and for some minutes, so nobody keeps it.</summary>
internal sealed class LinkResult(string link) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        httpContext.Response.Headers.Location = link;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
