using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

internal static class ArtifactEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var artifacts = api.MapGroup("/artifacts/{sha256}").WithTags("Artifacts").Requires(Scope.Read);
        artifacts.MapGet("", GetAsync)
            .Produces<Artifact>()
            .WithName("GetArtifact")
            .WithSummary("Get an artifact")
            .WithDescription("Size, format and name of a stored file.");
        artifacts.MapGet("/content", (ArtifactDigest sha256, ArtifactStore store) => Content(sha256, store))
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream")
            .WithName("DownloadArtifact")
            .WithSummary("Download an artifact")
            .WithDescription("The file's bytes. Takes Range, If-Range and If-None-Match; the ETag is the sha256.");
    }

    /// <summary>The bytes, with ranges and a strong ETag; also what agents download.</summary>
    public static IResult Content(ArtifactDigest digest, ArtifactStore store) => store.TryGetPath(digest, out var path)
        ? TypedResults.PhysicalFile(path, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true)
        : NotFound(digest);

    private static async Task<IResult> GetAsync(ArtifactDigest sha256, ArtifactStore store, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var content = store.Open(sha256);
        if (content is null)
            return NotFound(sha256);

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var version = await db.Set<VersionRow>().AsNoTracking().Where(row => row.Artifact == sha256).OrderBy(row => row.CreatedAt).FirstOrDefaultAsync(cancellation);
        return TypedResults.Ok(version?.ToArtifact() ?? new Artifact
        {
            Sha256 = sha256,
            Size = content.Length,
            Format = ArtifactFormats.FromContent(content),
            FileName = sha256.Value,
        });
    }

    private static IResult NotFound(ArtifactDigest digest) => Refusal.NotFound("artifact", digest).ToResult();
}
