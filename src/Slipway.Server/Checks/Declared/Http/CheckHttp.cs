using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Server.Checks.Declared.Http;

/// <summary>
/// Requests to addresses that people wrote into files: bounded in time, size and redirects, without cookies, and never to where a machine
/// tells its own secrets (link-local addresses). They go straight there: behind a proxy nobody here could say where they end.
/// </summary>
internal sealed class CheckHttp(TimeProvider clock) : IDisposable
{
    public const int LargestAnswer = 64 * 1024;

    private const int MostRedirects = 3;

    private readonly SocketsHttpHandler following = Handler(redirects: true);
    private readonly SocketsHttpHandler straight = Handler(redirects: false);

    /// <summary>Sends, and reads the first 64 KB of what comes.</summary>
    /// <param name="redirects">Whether up to three redirects are followed.</param>
    public async Task<HttpAnswer> SendAsync(HttpRequestMessage request, TimeSpan within, bool redirects, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(within, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            using var client = Client(redirects ? following : straight);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return await ReadAsync(response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HttpAnswer.Silent($"did not answer within {new Contracts.Services.Duration(within)}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            return Explain(e);
        }
    }

    /// <summary>For what asks several times; refuses the same addresses, and reads no more than this of each answer.</summary>
    public HttpClient To(Uri address, int largestAnswer)
    {
        var client = Client(straight);
        client.BaseAddress = address.AbsoluteUri.EndsWith('/') ? address : new(address.AbsoluteUri + "/");
        client.MaxResponseContentBufferSize = largestAnswer;
        return client;
    }

    public static HttpAnswer Explain(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } deeper && inner is not RefusedAddressException)
            inner = deeper;

        return inner is RefusedAddressException ? new HttpAnswer.Refused(inner.Message) : new HttpAnswer.Silent($"could not be reached ({Told.Short(inner.Message)})");
    }

    public void Dispose()
    {
        following.Dispose();
        straight.Dispose();
    }

    private static HttpClient Client(SocketsHttpHandler handler)
    {
        var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("slipway", "1"));
        return client;
    }

    private static SocketsHttpHandler Handler(bool redirects) => new()
    {
        AllowAutoRedirect = redirects,
        MaxAutomaticRedirections = MostRedirects,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = ConnectAsync,
    };

    private static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[LargestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return new HttpAnswer.Came((int)response.StatusCode, Encoding.UTF8.GetString(buffer, 0, Math.Min(length, LargestAnswer)), IsCut: length > LargestAnswer);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        if (addresses.Any(AddressRules.IsRefused))
            throw new RefusedAddressException($"is a link-local address ({Told.Short(host)}), which checks do not ask");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedAddressException(string message) : IOException(message);
}
