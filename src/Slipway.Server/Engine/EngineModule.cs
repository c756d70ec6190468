using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Slipway.Server.Engine;

/// <summary>The only place that configures Orleans: a silo in this process, on loopback, with its membership in memory.</summary>
internal static class EngineModule
{
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

    /// <summary>Several servers may run on one machine (tests do), so the silo's port is not fixed.</summary>
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
