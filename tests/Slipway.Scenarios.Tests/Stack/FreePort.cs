using System.Net;
using System.Net.Sockets;

namespace Slipway.Scenarios.Tests.Stack;

/// <summary>Ports below the range that outgoing connections are given, so that what is chosen now is still free when a program listens, and listens again.</summary>
internal static class FreePort
{
    public static int Next()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
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
