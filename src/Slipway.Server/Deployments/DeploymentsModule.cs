using Slipway.DeploymentTypes;
using Slipway.Server.Instances;

namespace Slipway.Server.Deployments;

internal static class DeploymentsModule
{
    public static void AddDeployments(this WebApplicationBuilder builder)
    {
        foreach (var type in DeploymentTypeCatalog.Find())
            builder.Services.AddSingleton(typeof(IDeploymentType), type);

        builder.Services.AddSingleton<DeploymentTypeCatalog>();
        builder.Services.AddSingleton<StageRunner>();
        builder.Services.AddSingleton<DeploymentPlanner>();
        builder.Services.AddSingleton<DeploymentStore>();
        builder.Services.AddSingleton<EventFeed>();
        builder.Services.AddSingleton<EventFollower>();
        builder.Services.AddSingleton<IDeploymentWakeUps, DeploymentWakeUps>();
        builder.Services.AddSingleton<IAutomaticDeployments, AutomaticDeployments>();
        builder.Services.AddOwnLoop<Recovery>();
        builder.Services.AddHostedService<Takeover>();
    }

    public static void MapDeployments(this IEndpointRouteBuilder api)
    {
        var deployments = api.MapGroup("/deployments").WithTags("Deployments");
        deployments.MapCreate();
        deployments.MapList();
        deployments.MapGetOne();
        deployments.MapControls();
        deployments.MapInstanceProgress();
        deployments.MapEvents();
        api.MapAllEvents();
    }
}
