namespace Slipway.Server.Targets;

internal static class TargetsModule
{
    public static void AddTargets(this WebApplicationBuilder builder) => builder.Services.AddSingleton<TargetViews>().AddSingleton<RollbackPlanner>().AddSingleton<KnownTargets>();

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
