using Slipway.DeploymentTypes.Connections;

namespace Slipway.Server.Connections;

internal static class ConnectionsModule
{
    public static void AddConnections(this WebApplicationBuilder builder)
    {
        foreach (var type in typeof(IConnectionType).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IConnectionType))))
            builder.Services.AddSingleton(typeof(IConnectionType), type);

        builder.Services.AddSingleton<ConnectionStore>();
        builder.Services.AddSingleton<IConnections>(services => services.GetRequiredService<ConnectionStore>());
    }

    public static void MapConnections(this IEndpointRouteBuilder api) => api.MapConnectionEndpoints();
}
