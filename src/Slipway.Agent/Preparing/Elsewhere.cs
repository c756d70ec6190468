using Slipway.Agent.Identity;

namespace Slipway.Agent.Preparing;

/// <summary>
/// Who is not the server, such as S3: gets no signature, and is believed as the operating system believes, because a server's own CA vouches for nobody else.
/// </summary>
internal static class Elsewhere
{
    private static readonly Lazy<HttpMessageInvoker> Http = new(() => new(ServerTrust.CreateHandler(caPem: null)));

    public static HttpMessageInvoker Invoker => Http.Value;

    /// <summary>The answer's body is not read yet. No redirect is followed.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => Http.Value.SendAsync(request, cancellation);
}
