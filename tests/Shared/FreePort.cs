using System.Net;
using System.Net.Sockets;

namespace Slipway.Tests;

/// <summary>
/// Ports below the range that outgoing connections are given, so that what is chosen now is still free when a program listens, and listens again.
/// (A port that the kernel hands out may be some other connection's a moment later: a server that cannot start, once in a thousand tests.)
/// </summary>
internal static class FreePort
{
    private const int Lowest = 20_000;
    private const int AboveHighest = 32_000;
    private const int Tries = 100;

    public static int Next()
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var port = Random.Shared.Next(Lowest, AboveHighest);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }

        throw new InvalidOperationException("No free port was found.");
    }
}
