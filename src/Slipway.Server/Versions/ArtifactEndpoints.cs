using Microsoft.EntityFrameworkCore;
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
            .RefusesWhereStorageIsAway()
            .WithName("GetArtifact")
            .WithSummary("Get an artifact")
            .WithDescription("Size, format and name of a stored file.");
        artifacts.MapGet("/content", ContentAsync)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status307TemporaryRedirect)
            .RefusesWhereStorageIsAway()
            .WithName("DownloadArtifact")
            .WithSummary("Download an artifact")
            .WithDescription("The file's bytes. Takes Range, If-Range and If-None-Match; the ETag is the sha256. "
                + "Where artifacts are kept in S3 it redirects to a link that is valid for some minutes: follow it without the token, with the same Range.");
    }

    /// <summary>The bytes, or where they are; also what agents download.</summary>
    public static async Task<IResult> ContentAsync(ArtifactDigest sha256, IArtifactStore store, CancellationToken cancellation) =>
        await store.ContentAsync(sha256, cancellation) ?? NotFound(sha256);

    private static async Task<IResult> GetAsync(ArtifactDigest sha256, IArtifactStore store, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (await store.BeginningOfAsync(sha256, cancellation) is not { } content)
            return NotFound(sha256);

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var version = await db.Set<VersionRow>().AsNoTracking().Where(row => row.Artifact == sha256).OrderBy(row => row.CreatedAt).FirstOrDefaultAsync(cancellation);
        return TypedResults.Ok(version?.ToArtifact() ?? new Artifact
        {
            Sha256 = sha256,
            Size = content.Size,
            Format = ArtifactFormats.FromContent(content.Bytes.Span),
            FileName = sha256.Value,
        });
    }

    private static IResult NotFound(ArtifactDigest digest) => Refusal.NotFound("artifact", digest).ToResult();
}
