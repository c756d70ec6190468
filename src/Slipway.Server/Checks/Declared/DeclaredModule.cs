using Slipway.Server.Checks.Declared.Callbacks;
using Slipway.Server.Checks.Declared.Healthy;
using Slipway.Server.Checks.Declared.Http;
using Slipway.Server.Checks.Declared.Instances;
using Slipway.Server.Checks.Declared.Kinds;
using Slipway.Server.Deployments;
using Slipway.Server.Instances.Connections;

namespace Slipway.Server.Checks.Declared;

/// <summary>The checks that slipway.yaml declares.</summary>
internal static class DeclaredModule
{
    public static void AddDeclaredChecks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CheckHttp>();
        builder.Services.AddSingleton<CommandDesk>().AddSingleton<ICommandTaker>(provider => provider.GetRequiredService<CommandDesk>());
        builder.Services.AddSingleton<InstanceCommand>();
        builder.Services.AddSingleton<CallbackTokens>();
        builder.Services.AddSingleton<CallbackAddress>();
        builder.Services.AddSingleton<ICheckKind, HttpKind>();
        builder.Services.AddSingleton<ICheckKind, PrometheusKind>();
        builder.Services.AddSingleton<ICheckKind, LogsKind>();
        builder.Services.AddSingleton<ICheckKind, CanaryKind>();
        builder.Services.AddSingleton<Standings>();
        builder.Services.AddSingleton<ICheckKind, HealthyKind>();
        builder.Services.AddSingleton<ICheckKind, ManualKind>();
        builder.Services.AddSingleton<ICheckKind, WaitKind>();
        builder.Services.AddSingleton<ICheckKind, WebhookKind>();
        builder.Services.AddSingleton<ICheckKind, CommandKind>();
        builder.Services.AddSingleton<ICheckStages, CheckStages>();
    }

    public static void MapDeclaredChecks(this IEndpointRouteBuilder api) => api.MapGroup("/checks").WithTags("Checks").MapAnswer();
}
