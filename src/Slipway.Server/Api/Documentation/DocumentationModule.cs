using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Slipway.Server.Api.Documentation;

/// <summary>The description of the API, made from its endpoints, and the page on which people read and try it.</summary>
internal static class DocumentationModule
{
    public static void AddDocumentation(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("kayenta/", StringComparison.Ordinal));
            options.AddSchemaTransformer(TextSchemas.DescribeAsync);
            options.AddSchemaTransformer(KayentaSchemas.DescribeAsync);
            options.AddOperationTransformer(Operations.DescribeAsync);
            options.AddDocumentTransformer(DocumentHead.WriteAsync);
        });

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");

        // Everything comes from this server: it works without the internet and tells nobody outside that it is read.
        app.MapScalarApiReference("/docs", options =>
        {
            options.Title = "Slipway API";
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
        });
    }
}
