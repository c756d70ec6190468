using System.Net;
using System.Net.Sockets;
using Slipway.Server.Persistence;

namespace Slipway.Server.Cluster;

/// <summary>Where the other nodes reach this one.</summary>
/// <param name="Address"><c>Slipway:Cluster:Address</c>: an address of this machine, or a name that has one. Default: loopback, so that every node is on this machine.</param>
/// <param name="Port"><c>Slipway:Cluster:Port</c>: 1 to 65535. Null: any that is free.</param>
/// <param name="Listen">
/// <c>Slipway:Cluster:Listen</c>, as <c>0.0.0.0:11111</c>: where this node listens when that is not where the others reach it, as in a container. Null: it is.
/// </param>
internal sealed record ClusterSettings(IPAddress Address, int? Port, IPEndPoint? Listen)
{
    /// <exception cref="StartRefusedException">A setting says nothing that can be used.</exception>
    public static ClusterSettings From(IConfiguration configuration) => new(
        ReadAddress(configuration["Slipway:Cluster:Address"]), ReadPort(configuration["Slipway:Cluster:Port"]), ReadListen(configuration["Slipway:Cluster:Listen"]));

    private static IPAddress ReadAddress(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return IPAddress.Loopback;

        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            return address;

        try
        {
            return Dns.GetHostAddresses(text).OrderBy(found => found.AddressFamily != AddressFamily.InterNetwork).First(found => !found.Equals(IPAddress.Any) && !found.Equals(IPAddress.IPv6Any));
        }
        catch (Exception e) when (e is SocketException or ArgumentException or InvalidOperationException)
        {
            throw new StartRefusedException($"Slipway:Cluster:Address is \"{text}\", which is no address that other nodes could reach. Write one of this machine's, such as 10.0.0.5, or a name that has one.", e);
        }
    }

    private static IPEndPoint? ReadListen(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : IPEndPoint.TryParse(text, out var place) && place.Port > 0 ? place
        : throw new StartRefusedException($"Slipway:Cluster:Listen is \"{text}\"; write an address of this machine and a port, such as 0.0.0.0:11111.");

    private static int? ReadPort(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : int.TryParse(text, out var port) && port is > 0 and <= 65_535 ? port
        : throw new StartRefusedException($"Slipway:Cluster:Port is \"{text}\"; write a number from 1 to 65535.");
}
