using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Server.Api.Documentation;

/// <summary>Values that travel as text are strings with their pattern and their rule.</summary>
internal static class TextSchemas
{
    private static readonly Dictionary<Type, (string Pattern, string Rule)> Texts = new()
    {
        [typeof(ServiceName)] = Of<ServiceName>(),
        [typeof(EnvironmentName)] = Of<EnvironmentName>(),
        [typeof(VersionName)] = Of<VersionName>(),
        [typeof(InstanceName)] = Of<InstanceName>(),
        [typeof(DeploymentId)] = Of<DeploymentId>(),
        [typeof(ArtifactDigest)] = Of<ArtifactDigest>(),
        [typeof(Duration)] = Of<Duration>(),
        [typeof(Amount)] = Of<Amount>(),
    };

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (Texts.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var text))
        {
            // Never "or null": one schema describes the type wherever it stands, and what is absent is left out.
            schema.Type = JsonSchemaType.String;
            schema.Properties?.Clear();
            schema.Required?.Clear();
            Describe(schema, text);
        }

        // The framework leaves open what a list of such values holds.
        if (schema.Type is { } kind && kind.HasFlag(JsonSchemaType.Array) && schema.Items is null && context.JsonTypeInfo.ElementType is { } element && Texts.TryGetValue(element, out var item))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = item.Pattern, Description = item.Rule };

        return Task.CompletedTask;
    }

    /// <summary>A parameter of the route or the query.</summary>
    public static void Describe(OpenApiSchema schema, Type? type)
    {
        if (type is not null && Texts.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var text))
            Describe(schema, text);
    }

    private static void Describe(OpenApiSchema schema, (string Pattern, string Rule) text)
    {
        schema.Pattern = text.Pattern;
        schema.Description ??= text.Rule;
    }

    private static (string Pattern, string Rule) Of<T>()
        where T : struct, ITextValue<T> => (T.Pattern, T.Rule);
}
