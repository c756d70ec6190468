using Microsoft.EntityFrameworkCore.Diagnostics;
using Slipway.Server.Cluster;

namespace Slipway.Server.Changes;

internal static class ChangesModule
{
    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChangeSignals>();
        builder.Services.AddSingleton<IBulletinReader, ChangeBulletins>();
        builder.Services.AddSingleton<IInterceptor, RowChanges>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeFeed>());
    }

    public static void MapChanges(this IEndpointRouteBuilder api) => api.MapFollow();
}
