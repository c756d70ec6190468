using Slipway.Server.Services.Format;

namespace Slipway.Server.Services;

internal static class ServicesModule
{
    public static void AddServices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceCatalog>();
        builder.Services.AddSingleton<Applying>();
    }

    public static void MapServices(this IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("Services");
        ServiceEndpoints.Map(services);
        ApplyService.Map(services);
        DeleteService.Map(services);
    }

    /// <summary>For editors, which send no token: the format is no secret.</summary>
    public static void MapServiceSchema(this WebApplication app)
    {
        var schema = ServiceSchema.Json();
        app.MapGet("/slipway.schema.json", () => TypedResults.Text(schema, "application/schema+json")).AllowAnonymous().ExcludeFromDescription();
    }
}
