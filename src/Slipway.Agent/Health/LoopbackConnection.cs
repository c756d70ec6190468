using System.Net;
using System.Net.Sockets;

namespace Slipway.Agent.Health;

/// <summary>Connects to a port of this machine without exceptions: a starting service refuses many times, and that has to cost nothing.</summary>
internal static class LoopbackConnection
{
    // A service that listens on "localhost" may have got only one of the two.
    private static readonly IPAddress[] Addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    public static async Task<(Socket? Socket, SocketError Error)> OpenAsync(uint port, CancellationToken cancellation)
    {
        var error = SocketError.ConnectionRefused;
        foreach (var address in Addresses)
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
                break;

            var (socket, failed) = await ConnectAsync(new(address, (int)port), cancellation);
            if (socket is not null)
                return (socket, SocketError.Success);
            if (address.AddressFamily == AddressFamily.InterNetwork)
                error = failed;
        }

        return (null, error);
    }

    private static async Task<(Socket? Socket, SocketError Error)> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connected = new TaskCompletionSource<SocketError>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = new SocketAsyncEventArgs { RemoteEndPoint = address };
        attempt.Completed += (_, done) => connected.TrySetResult(done.SocketError);
        if (!socket.ConnectAsync(attempt))
            connected.TrySetResult(attempt.SocketError);

        SocketError error;
        await using (cancellation.Register(() => Socket.CancelConnectAsync(attempt)))
            error = await connected.Task;

        if (error == SocketError.Success && !cancellation.IsCancellationRequested)
            return (socket, error);

        socket.Dispose();
        cancellation.ThrowIfCancellationRequested();
        return (null, error);
    }
}
