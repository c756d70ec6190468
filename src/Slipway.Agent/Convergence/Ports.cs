using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Convergence;

/// <summary>Which port a service listens on: the one it asks for, else the instance's label `port`, else a free one, chosen once.</summary>
internal static class Ports
{
    // Below what Linux gives to outgoing connections (32768 and up), so that a port once chosen stays free for its service.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>0 where the agent has to choose.</summary>
    public static uint Given(Release release, IReadOnlyDictionary<string, string> labels) =>
        release.Spec is { Port: > 0 } spec ? spec.Port
        : labels.TryGetValue("port", out var text) && ushort.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port
        : 0u;

    public static uint Choose(IReadOnlySet<uint> taken, Random random)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = random.Next(First, Last);
            if (!taken.Contains((uint)port) && IsFree(port))
                return (uint)port;
        }

        throw new IOException($"No port between {First} and {Last} is free for a service: give it one (port: in slipway.yaml).");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
