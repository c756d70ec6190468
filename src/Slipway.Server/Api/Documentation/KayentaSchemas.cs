using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Slipway.Server.Api.Documentation;

/// <summary>Kayenta's JSON is not as strict as the API's: unknown fields pass, and a number may be the text "NaN".</summary>
internal static class KayentaSchemas
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (KayentaExamples.IsKayentas(type))
            schema.AdditionalPropertiesAllowed = true;

        if (type == typeof(IReadOnlyList<double>) && context.JsonPropertyInfo is { } property && KayentaExamples.IsKayentas(property.DeclaringType))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Null, Description = "Null and \"NaN\": nothing was measured." };
        }

        return Task.CompletedTask;
    }
}
