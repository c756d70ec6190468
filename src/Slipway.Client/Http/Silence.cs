using System.Net.Sockets;
using System.Security.Authentication;

namespace Slipway.Client.Http;

/// <summary>Says in words why there was no answer.</summary>
internal static class Silence
{
    /// <summary>Null: the exception is about something else.</summary>
    public static ServerUnreachableException? Explain(Uri server, Exception exception) => exception switch
    {
        ServerUnreachableException known => known,
        OperationCanceledException => new(server, "it took too long.", exception),
        HttpRequestException or IOException or SocketException => Explain(server, exception, Cause(exception)),
        _ => null,
    };

    private static ServerUnreachableException Explain(Uri server, Exception exception, Exception cause) => cause switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(server, "nothing listens there.", exception),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            new(server, "the name is not known.", exception),
        AuthenticationException => new(server, "its certificate is not trusted.", exception) { CertificateRefused = true },
        OperationCanceledException or TimeoutException => new(server, "it took too long.", exception),
        _ => new(server, "the connection broke.", exception),
    };

    private static Exception Cause(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException or AuthenticationException or TimeoutException)
                return e;
        }

        return exception;
    }
}
