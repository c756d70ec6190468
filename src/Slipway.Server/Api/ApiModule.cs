using System.Text.Json.Serialization;
using Slipway.Contracts;
using Slipway.Server.Access;

namespace Slipway.Server.Api;

internal static class ApiModule
{
    /// <summary>Bodies of ordinary requests. Uploads say their own limit.</summary>
    public const long LargestBody = 1024 * 1024;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IdempotencyStore>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddResponseCompression(compression =>
        {
            // Over TLS too: what is secret in an answer is shown once, to whoever asked for it from this origin, so its length tells nobody anything.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json"];
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
            json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.AllowOutOfOrderMetadataProperties = true;
            json.NumberHandling = JsonNumberHandling.Strict;

            // A misspelt field must not pass as one that was left out.
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.RespectNullableAnnotations = true;
        });
    }

    /// <summary>Outermost, so that it sees every answer.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseMiddleware<RequestMetrics>();
        app.UseMiddleware<AuditTrail>();
        app.UseMiddleware<Problems>();
    }

    /// <summary>Innermost: a key belongs to whoever is let in.</summary>
    public static void UseIdempotency(this WebApplication app) => app.UseMiddleware<Idempotency>();
}
