using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Nodes;
using Slipway.Server.Persistence;

namespace Slipway.Server.Engine;

/// <summary>The only place that configures Orleans: a silo in this process, alone on loopback or one of several on one database.</summary>
internal static class EngineModule
{
    private const string Id = "slipway";
    private const int LowestPort = 10_000;
    private const int HighestPort = 20_000;
    private const int Tries = 100;

    public static void AddEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SteadyClock>();
        var shared = builder.Configuration.HasSharedDatabase();
        builder.Host.UseOrleans(silo =>
        {
            if (shared)
                silo.JoinOthers();
            else
                silo.StandAlone();

            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(5));
        });
    }

    private static void StandAlone(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: Id, clusterId: Id);
        silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback);
    }

    private static void JoinOthers(this ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Id, Id));
        silo.Services.AddOptions<SiloOptions>().Configure<NodeIdentity>((options, identity) => options.SiloName = identity.Name);
        silo.Services.AddOptions<EndpointOptions>().Configure<ClusterSettings>((options, settings) =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (settings.Address, settings.Port ?? FreePort(), 0);
            options.SiloListeningEndpoint = settings.Listen ?? new(settings.Address, options.SiloPort);
        });

        // A node that is killed, frozen or cut off from the database is NodeLease's to find, in half the time that probes take here: they are for nodes that reach the
        // database and not each other, and a busy machine must not look like one.
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(4);
            options.NumMissedProbesLimit = 3;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);

            // The others evict whoever has not joined by then, counted from its process' start: longer than it may wait for the database and its migration.
            options.MaxJoinAttemptTime = TimeSpan.FromMinutes(10);
            options.DefunctSiloExpiration = TimeSpan.FromDays(1);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        });
        silo.Configure<SiloConnectionOptions>(options =>
        {
            options.ConfigureSiloInboundConnection(connection => connection.UseServerTls(Tls(connection.ApplicationServices)));
            options.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(Tls(connection.ApplicationServices)));
        });
        silo.AddGrainService<NodeService>();
    }

    private static TlsOptions Tls(IServiceProvider services)
    {
        var certificate = services.GetRequiredService<NodeCertificate>();
        return new()
        {
            LocalCertificate = certificate.Own,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
            RemoteCertificateValidation = (remote, _, errors) => certificate.IsNodes(remote, errors),
            OnAuthenticateAsClient = (_, options) => options.TargetHost = Id,
        };
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
