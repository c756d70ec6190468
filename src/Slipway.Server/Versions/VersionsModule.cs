using Slipway.Server.Aws;
using Slipway.Server.Persistence;
using Slipway.Server.Versions.S3;
using Slipway.Server.Versions.Shared;

namespace Slipway.Server.Versions;

internal static class VersionsModule
{
    public static void AddVersions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ArtifactSettings.From(builder.Configuration));
        builder.Services.AddSingleton<Arriving>();
        AddStore(builder);
        builder.Services.AddSingleton<Uploads>();
        builder.Services.AddSingleton<Publishing>();
        builder.Services.AddSingleton<ArtifactSweep>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ArtifactSweep>());
    }

    private static void AddStore(WebApplicationBuilder builder)
    {
        if (AwsSettings.From(builder.Configuration).Bucket is null)
        {
            builder.Services.AddSingleton<ArtifactFolder>();
            if (builder.Configuration.HasSharedDatabase())
                builder.Services.AddSingleton<SharedArtifactFiles>().AddSingleton<IArtifactStore, SharedArtifacts>();
            else
                builder.Services.AddSingleton<IArtifactStore>(services => services.GetRequiredService<ArtifactFolder>());

            return;
        }

        builder.Services.AddSingleton<S3Bucket>();
        builder.Services.AddSingleton<S3Owner>();
        builder.Services.AddSingleton<S3Watch>();
        builder.Services.AddSingleton<IArtifactStore, S3Artifacts>();
        builder.Services.AddHostedService(services => services.GetRequiredService<S3Watch>());
    }

    public static void MapVersions(this IEndpointRouteBuilder api)
    {
        UploadEndpoints.Map(api);
        ArtifactEndpoints.Map(api);
        VersionEndpoints.Map(api);
    }
}
