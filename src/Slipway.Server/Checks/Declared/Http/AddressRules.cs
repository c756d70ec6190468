using System.Net;
using System.Net.Sockets;

namespace Slipway.Server.Checks.Declared.Http;

/// <summary>Which addresses checks never ask: those at which a cloud tells a machine its credentials. Pure.</summary>
internal static class AddressRules
{
    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");

    /// <summary>An IPv4 address as IPv6 networks carry it (NAT64).</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>AWS's metadata over IPv6.</summary>
    private static readonly IPAddress Metadata = IPAddress.Parse("fd00:ec2::254");

    public static bool IsRefused(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return LinkLocal.Contains(address);

        return address.IsIPv6LinkLocal
            || address.Equals(Metadata)
            || (address.IsIPv4MappedToIPv6 && LinkLocal.Contains(address.MapToIPv4()))
            || (Translated.Contains(address) && LinkLocal.Contains(new(address.GetAddressBytes()[12..])));
    }
}
