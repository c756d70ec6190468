namespace Slipway.Server.Versions;

internal static class VersionsModule
{
    public static void AddVersions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ArtifactSettings.From(builder.Configuration));
        builder.Services.AddSingleton<ArtifactStore>();
        builder.Services.AddSingleton<Uploads>();
        builder.Services.AddSingleton<Publishing>();
        builder.Services.AddSingleton<ArtifactSweep>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ArtifactSweep>());
    }

    public static void MapVersions(this IEndpointRouteBuilder api)
    {
        UploadEndpoints.Map(api);
        ArtifactEndpoints.Map(api);
        VersionEndpoints.Map(api);
    }
}
