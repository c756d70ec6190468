using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Versions;

internal static class UploadEndpoints
{
    private const string OffsetHeader = "Upload-Offset";

    public static void Map(IEndpointRouteBuilder api)
    {
        var uploads = api.MapGroup("/uploads").WithTags("Artifacts");
        uploads.MapPost("", StartAsync)
            .Requires(Scope.Publish)
            .Produces<Upload>()
            .Refuses(StatusCodes.Status409Conflict, "upload_in_progress")
            .Refuses(StatusCodes.Status413PayloadTooLarge, "artifact_too_large")
            .RefusesWhereStorageIsAway()
            .Refuses(StatusCodes.Status507InsufficientStorage, "insufficient_storage")
            .WithName("StartUpload")
            .WithSummary("Begin an upload")
            .WithDescription(
                "Begins the upload of a file, or finds how much of it has arrived; nothing needs to be sent where complete is true. Safe to repeat, so it takes no Idempotency-Key.");
        uploads.MapGet("/{sha256}", GetAsync)
            .Requires(Scope.Read)
            .Produces<Upload>()
            .RefusesWhereStorageIsAway()
            .WithName("GetUpload")
            .WithSummary("How much has arrived?")
            .WithDescription("How much of a file has arrived. Send the rest from offset on.");
        uploads.MapPatch("/{sha256}", AppendAsync)
            .Requires(Scope.Publish)
            .WithMetadata(new DisableRequestSizeLimitAttribute(), new AuditRefusalsOnly())
            .Accepts<Stream>("application/octet-stream")
            .Produces<Upload>()
            .Refuses(StatusCodes.Status400BadRequest, "upload_too_long")
            .Refuses(StatusCodes.Status409Conflict, "offset_mismatch", "upload_in_progress")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "digest_mismatch")
            .RefusesWhereStorageIsAway()
            .Refuses(StatusCodes.Status507InsufficientStorage, "insufficient_storage")
            .WithName("ContinueUpload")
            .WithSummary("Send bytes")
            .WithDescription(
                "The body is the file's bytes from Upload-Offset on; as many as you like, also all. What has arrived when a connection breaks is kept. "
                + "With the last byte the sha256 is checked; a file that does not match is deleted (digest_mismatch). "
                + "Where artifacts are kept in S3 the last byte's answer comes when the file is there; after storage_unavailable send an empty body at the end: only that is tried again.");
    }

    private static async Task<IResult> StartAsync(StartUpload request, Uploads uploads, CancellationToken cancellation) =>
        Answer(await uploads.StartAsync(request, cancellation));

    private static async Task<IResult> GetAsync(ArtifactDigest sha256, Uploads uploads, CancellationToken cancellation) =>
        Answer(await uploads.GetAsync(sha256, cancellation));

    private static async Task<IResult> AppendAsync(
        ArtifactDigest sha256, HttpContext context, Uploads uploads, CancellationToken cancellation, [FromHeader(Name = OffsetHeader)] string? uploadOffset = null)
    {
        if (!long.TryParse(uploadOffset, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return Refusal.Invalid(OffsetHeader, "Say with the header Upload-Offset where the bytes begin; GET the upload answers how many have arrived.").ToResult();

        var outcome = await uploads.AppendAsync(sha256, offset, context.Request.ContentLength, context.Request.BodyReader, cancellation);
        if (outcome.Refusal is { Errors: { } errors } && errors.TryGetValue("offset", out var right))
            context.Response.Headers[OffsetHeader] = right[0];

        return Answer(outcome);
    }

    private static IResult Answer(Outcome<Upload> outcome) => outcome.Is(out var upload, out var refusal) ? TypedResults.Ok(upload) : refusal.ToResult();
}
