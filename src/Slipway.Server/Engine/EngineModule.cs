using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Orleans.Configuration;

namespace Slipway.Server.Engine;

/// <summary>The only place that configures Orleans: a silo in this process, on loopback, with its membership in memory.</summary>
internal static class EngineModule
{
    private const int LowestPort = 10_000;
    private const int HighestPort = 20_000;
    private const int Tries = 100;

    public static void AddEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SteadyClock>();
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "slipway", clusterId: "slipway");
            silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback);
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(5));
        });
    }

    /// <summary>
    /// Several servers may run on one machine (tests do), so the silo's port is not fixed. It comes from below the ports that kernels hand out to whoever asks
    /// for any: nobody gets it by chance between this look and the silo's own.
    /// </summary>
    internal static int FreePort()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(LowestPort, HighestPort);
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (attempt < Tries)
            {
                // Somebody has it; another one.
            }
        }
    }
}
