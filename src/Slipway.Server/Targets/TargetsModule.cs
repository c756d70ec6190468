using Slipway.Server.Targets.Observing;

namespace Slipway.Server.Targets;

internal static class TargetsModule
{
    public static void AddTargets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TargetViews>().AddSingleton<RollbackPlanner>().AddSingleton<KnownTargets>();
        builder.Services.AddSingleton<ObservedTargets>().AddSingleton<Observations>().AddSingleton<OutsideDeployments>();
        builder.Services.AddSingleton<Observer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Observer>());
    }

    public static void MapTargets(this IEndpointRouteBuilder api)
    {
        var targets = api.MapGroup("/targets").WithTags("Targets");
        targets.MapRead();
        targets.MapHold();
        targets.MapAutoDeploy();
        targets.MapRollBack();
        targets.MapRestart();
    }
}
