using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Connection;

/// <summary>
/// Opens the WebSocket. By hand instead of ClientWebSocket, because a refusal's body and Date header matter here: clock_skew is repaired and
/// agent_revoked is obeyed.
/// </summary>
internal static class Handshake
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(15);

    public static async Task<HandshakeAnswer> OpenAsync(ServerRequests requests, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var response = await requests.SendAsync(HttpMethod.Get, AgentPaths.Connect, request => AddUpgrade(request, key), cancellation);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            using (response)
                return new HandshakeAnswer.Refused(await ServerRefusal.ReadAsync(response, cancellation));
        }

        if (!response.Headers.TryGetValues("Sec-WebSocket-Accept", out var accept) || accept.FirstOrDefault() != AcceptFor(key))
        {
            response.Dispose();
            throw new HttpRequestException("The answer is no WebSocket: something between agent and server does not pass upgrades on.");
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        return new HandshakeAnswer.Opened(WebSocket.CreateFromStream(
            stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = PingInterval, KeepAliveTimeout = PongTimeout }));
    }

    private static void AddUpgrade(HttpRequestMessage request, string key)
    {
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
    }

    // The protocol says SHA-1 (RFC 6455 §4.1); it only tells a WebSocket server from others.
#pragma warning disable CA5350
    private static string AcceptFor(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
