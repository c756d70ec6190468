using System.Buffers;
using Slipway.Contracts.Access;
using Slipway.Contracts.Services;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Instances.Live;
using Slipway.Server.Targets;

namespace Slipway.Server.Services;

/// <summary>POST /services: applies a slipway.yaml as it is, or the same as JSON.</summary>
internal static class ApplyService
{
    private const int LargestFile = 256 * 1024;
    private static readonly string[] Yaml = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

    public static void Map(RouteGroupBuilder services) =>
        services.MapPost("", ApplyAsync)
            .Requires(Scope.Publish)
            .Idempotent()
            .Accepts<ServiceDefinition>("application/json", [.. Yaml])
            .Produces<ServiceApplied>()
            .Produces<ServiceApplied>(StatusCodes.Status201Created)
            .WithName("ApplyService")
            .WithSummary("Apply a service definition")
            .WithDescription(
                "Creates or changes a service as its slipway.yaml says; send the file itself as application/yaml, or the definition as JSON. Applying the same again changes nothing. "
                + "Environments and targets that the file names are created, and a target in each environment where an instance is to run it. Config values of the file are the base of each target's next config revision; values set through the "
                + "API stay on top of them. With dryRun=true nothing is changed and the answer says what would be. Every mistake of the file is reported at once, with line and column. "
                + "Needs the scope publish, and deploy for the environments whose target, config or automatic deployment changes.");

    private static async Task<IResult> ApplyAsync(HttpContext context, Applying applying, DeploymentTypeCatalog types, LiveFleet fleet, KnownTargets targets, CancellationToken cancellation, bool dryRun = false)
    {
        var isYaml = IsYaml(context.Request);
        if (!isYaml && !context.Request.HasJsonContentType())
            return new Refusal("unsupported_media_type", StatusCodes.Status415UnsupportedMediaType, "Send slipway.yaml as application/yaml, or the definition as application/json.").ToResult();

        if (!(await ReadAsync(context.Request, cancellation)).Is(out var body, out var refusal))
            return refusal.ToResult();

        var parsed = isYaml ? DefinitionReader.FromYaml(body, types) : DefinitionReader.FromJson(body, types);
        if (!parsed.Is(out var definition, out refusal))
            return refusal.ToResult();

        if (AccessRules.Refuse(context.User, Scope.Publish, definition.Service) is { } forbidden)
            return forbidden.ToResult();

        var outcome = await applying.ApplyAsync(
            definition, Actor.Of(context), environment => AccessRules.Refuse(context.User, Scope.Deploy, definition.Service, environment), dryRun, cancellation);
        if (!outcome.Is(out var applied, out refusal))
            return refusal.ToResult();

        if (!dryRun)
            await targets.EnsureAsync(fleet.TargetsOf(definition.Service), cancellation);

        return applied.Change == AppliedChange.Created && !dryRun
            ? TypedResults.Created($"/api/v1/services/{definition.Service}", applied)
            : TypedResults.Ok(applied);
    }

    private static bool IsYaml(HttpRequest request) =>
        Yaml.Contains(request.ContentType?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    private static async Task<Outcome<byte[]>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
            {
                body.Write(buffer, 0, read);
                if (body.Length > LargestFile)
                    return new Refusal("too_large", StatusCodes.Status413PayloadTooLarge, $"A service definition has at most {LargestFile / 1024} KB. Put large files into the artifact.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }
}
