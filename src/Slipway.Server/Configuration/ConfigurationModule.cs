namespace Slipway.Server.Configuration;

internal static class ConfigurationModule
{
    public static void AddConfigurationRevisions(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ConfigStore>();

    public static void MapConfigurationRevisions(this IEndpointRouteBuilder api) => api.MapConfig();
}
