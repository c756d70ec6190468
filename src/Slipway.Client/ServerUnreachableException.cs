namespace Slipway.Client;

/// <summary>The server did not answer.</summary>
public sealed class ServerUnreachableException(Uri server, string reason, Exception? inner = null)
    : Exception($"No answer from {server.ToString().TrimEnd('/')}: {reason}", inner)
{
    public Uri Server { get; } = server;

    /// <summary>Why, as half a sentence.</summary>
    public string Reason { get; } = reason;

    /// <summary>True: there is a server, and its certificate is not trusted.</summary>
    public bool CertificateRefused { get; init; }
}
