namespace Slipway.Server.Environments;

internal static class EnvironmentsModule
{
    public static void AddEnvironments(this WebApplicationBuilder builder) => builder.Services.AddSingleton<EnvironmentStore>();

    public static void MapEnvironments(this IEndpointRouteBuilder api) => api.MapEnvironmentEndpoints();
}
