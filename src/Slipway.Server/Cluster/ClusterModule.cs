using Microsoft.AspNetCore.DataProtection.Repositories;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances;
using Slipway.Server.Persistence;

namespace Slipway.Server.Cluster;

/// <summary>One node on a database of its own, or several on one.</summary>
internal static class ClusterModule
{
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CertificateFiles>();
        services.AddSingleton<KeyFiles>();
        if (builder.Configuration.HasSharedDatabase())
            builder.AddNodes();
        else
            services.AddSingleNode();
    }

    private static void AddSingleNode(this IServiceCollection services)
    {
        services.AddSingleton<ICluster, SingleNode>();
        services.AddSingleton<ILease, AlwaysHeld>();
        services.AddSingleton<ICertificateKeep>(provider => provider.GetRequiredService<CertificateFiles>());
        services.AddSingleton<IKeyKeep>(provider => provider.GetRequiredService<KeyFiles>());
        services.AddSingleton<IXmlRepository>(provider =>
            new FileSystemXmlRepository(new DirectoryInfo(provider.GetRequiredService<DataDirectory>().Keys), provider.GetRequiredService<ILoggerFactory>()));
    }

    private static void AddNodes(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(ClusterSettings.From(builder.Configuration));
        services.AddSingleton(new KeySeal(builder.Configuration));
        services.AddSingleton<SharedKeys>();
        services.AddSingleton<ICertificateKeep, SharedCertificates>();
        services.AddSingleton<IKeyKeep, SharedKeyKeep>();
        services.AddSingleton<IXmlRepository, SharedKeyRing>();
        services.AddHostedService<KeyCheck>();
        services.AddSingleton<NodeCertificate>();
        services.AddSingleton<IMembershipTable, MembershipTable>();
        services.AddOwnLoop<OrleansCluster>();
        services.AddSingleton<ICluster>(provider => provider.GetRequiredService<OrleansCluster>());
        services.AddOwnLoop<NodeLease>();
        services.AddSingleton<ILease>(provider => provider.GetRequiredService<NodeLease>());
        services.AddSingleton<INotReady>(provider => provider.GetRequiredService<NodeLease>());
        services.AddOwnLoop<Bulletins>();
        services.AddSingleton<INotReady>(provider => provider.GetRequiredService<Bulletins>());
    }
}
