using Slipway.Server.Cluster;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Nodes;

internal static class NodesModule
{
    /// <param name="shared">True: other nodes may use the database.</param>
    public static void AddOtherNodes(this IServiceCollection services, bool shared)
    {
        services.AddSingleton<NodeLines>();
        if (!shared)
        {
            services.AddSingleton<INodeMessages, NoOtherNodes>();
            services.AddSingleton<IFreshness, AlwaysFresh>();
            services.AddSingleton<IStatusRows, SqliteStatusRows>();
            return;
        }

        services.AddSingleton<INodeMessages, NodeMessages>();
        services.AddSingleton<IFreshness, Freshness>();
        services.AddSingleton<IStatusRows, PostgresStatusRows>();
        services.AddSingleton<FleetTurns>();
        services.AddSingleton<FleetMerge>();
        services.AddOwnLoop<FleetSync>();
        services.AddSingleton(provider => new Lazy<FleetSync>(provider.GetRequiredService<FleetSync>));
        services.AddSingleton<IBulletinReader>(provider => provider.GetRequiredService<FleetSync>());
        services.AddOwnLoop<Reminders>();
    }
}
