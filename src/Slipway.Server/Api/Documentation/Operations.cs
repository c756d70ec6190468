using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Slipway.Contracts;
using Slipway.Server.Access;

namespace Slipway.Server.Api.Documentation;

/// <summary>Adds to every operation what its endpoint does not repeat: the scope it needs, the Idempotency-Key, its refusals, examples.</summary>
internal static class Operations
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = operation.OperationId is { Length: > 0 } id ? char.ToLowerInvariant(id[0]) + id[1..] : null;
        var scope = metadata.OfType<RequiredScope>().LastOrDefault();
        if (scope is not null)
            operation.Description = $"{operation.Description}\n\nNeeds the scope `{AccessRules.Name(scope.Scope)}`.".Trim();

        if (IsOpenToAll(context.Description))
            operation.Security = [];

        DescribeParameters(operation, context.Description);
        if (metadata.OfType<Idempotent>().Any())
            (operation.Parameters ??= []).Add(IdempotencyKey());

        AddExamples(operation, context.Description);
        await AddRefusalsAsync(operation, context, metadata.OfType<Refuses>(), cancellation);
    }

    private static void DescribeParameters(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            var source = description.ParameterDescriptions.FirstOrDefault(p => p.Name == parameter.Name);
            parameter.Name = parameter.Name is { } name && parameter.In == ParameterLocation.Query ? char.ToLowerInvariant(name[0]) + name[1..] : parameter.Name;
            if (parameter.Schema is OpenApiSchema schema)
                TextSchemas.Describe(schema, source?.ParameterDescriptor?.ParameterType ?? source?.Type);
            if (string.IsNullOrEmpty(parameter.Description))
                parameter.Description = ParameterDescriptions.Of(parameter.Name);
        }
    }

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = Idempotency.Header,
        In = ParameterLocation.Header,
        Description = "A value of your own, for example a UUID. The same request with the same key within 24 hours is done once and answered the same, with the header Idempotency-Replayed.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
    };

    private static void AddExamples(OpenApiOperation operation, ApiDescription description)
    {
        var body = description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type
            ?? description.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>().LastOrDefault()?.RequestType;
        foreach (var (mediaType, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            content.Example = body is null ? null : Examples.Of(body, mediaType);

        foreach (var response in description.SupportedResponseTypes)
        {
            var key = response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (response.Type is not null && operation.Responses?.GetValueOrDefault(key)?.Content is { } contents)
            {
                foreach (var (mediaType, content) in contents)
                    content.Example ??= Examples.Of(response.Type, mediaType);
            }
        }
    }

    private static async Task AddRefusalsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IEnumerable<Refuses> own, CancellationToken cancellation)
    {
        var document = context.Document!;
        document.AddComponent(nameof(ApiProblem), await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, cancellation));
        operation.Responses ??= [];
        foreach (var group in own.Concat(Common(operation, context.Description)).GroupBy(refuses => refuses.Status).OrderBy(group => group.Key))
        {
            var codes = group.Select(refuses => refuses.Code).Distinct().ToList();
            var key = group.Key.ToString(System.Globalization.CultureInfo.InvariantCulture);
            operation.Responses[key] = new OpenApiResponse
            {
                Description = $"Refused: {string.Join(", ", codes.Select(code => $"`{code}`"))}.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemJson] = new()
                    {
                        Schema = new OpenApiSchemaReference(nameof(ApiProblem), document),
                        Example = new JsonObject
                        {
                            ["type"] = "about:blank",
                            ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(group.Key),
                            ["status"] = group.Key,
                            ["detail"] = "A sentence that says what is wrong and what to do.",
                            ["code"] = codes[0],
                        },
                    },
                },
            };
        }
    }

    private static IEnumerable<Refuses> Common(OpenApiOperation operation, ApiDescription description)
    {
        if (!IsOpenToAll(description))
        {
            yield return new(401, "unauthenticated");
            yield return new(401, "token_invalid");
            yield return new(401, "token_expired");
            yield return new(401, "token_revoked");
            yield return new(403, "forbidden");
            if (description.HttpMethod is not "GET")
                yield return new(403, "cross_site");
        }

        if (operation.Parameters is { Count: > 0 } || operation.RequestBody is not null)
            yield return new(400, "invalid_request");
        if (operation.RequestBody?.Content?.ContainsKey(Json) == true)
            yield return new(400, "invalid_json");
        if (description.ActionDescriptor.EndpointMetadata.OfType<Idempotent>().Any())
        {
            yield return new(409, "idempotency_in_progress");
            yield return new(422, "idempotency_key_reused");
        }

        foreach (var parameter in (operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path))
            yield return new(404, ParameterDescriptions.NotFoundCode(parameter.Name ?? ""));
    }

    private static bool IsOpenToAll(ApiDescription description) => description.ActionDescriptor.EndpointMetadata.OfType<OpenToAll>().Any();
}
