using System.Globalization;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Versions;

internal static class UploadRefusals
{
    private const string StorageUnavailableCode = "storage_unavailable";

    public static Refusal InProgress { get; } =
        Refusal.Conflict("upload_in_progress", "Somebody is sending this file at the moment. Wait until it is complete (GET the upload), or try again.");

    public static Refusal InsufficientStorage { get; } = new(
        "insufficient_storage",
        StatusCodes.Status507InsufficientStorage,
        "The server's disk has no room for this file. Delete versions nobody needs or enlarge the disk; what has arrived is kept for a while.");

    /// <summary>Documents that the endpoint needs the place where artifacts are kept.</summary>
    public static TBuilder RefusesWhereStorageIsAway<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(StatusCodes.Status503ServiceUnavailable, StorageUnavailableCode);

    public static Refusal StorageUnavailable(string reason) => new(StorageUnavailableCode, StatusCodes.Status503ServiceUnavailable, reason);

    public static Refusal NotFound(ArtifactDigest digest) =>
        new("upload_not_found", StatusCodes.Status404NotFound, $"There is no upload {digest}. Begin it with POST /api/v1/uploads.");

    public static Refusal TooLarge(long size, long maximum) => new(
        "artifact_too_large",
        StatusCodes.Status413PayloadTooLarge,
        $"The file has {size} bytes; this server takes up to {maximum}. An administrator can raise Slipway:MaximumArtifactSize.");

    public static Refusal TooMuch(long size) =>
        new("upload_too_long", StatusCodes.Status400BadRequest, $"There are more bytes than the {size} that were announced. Begin the upload again with the right size.");

    public static Refusal OffsetMismatch(long arrived) => Refusal.Conflict(
        "offset_mismatch",
        $"{arrived} bytes have arrived. Send the rest from there (Upload-Offset: {arrived}).") with
    {
        Errors = new Dictionary<string, string[]> { ["offset"] = [arrived.ToString(CultureInfo.InvariantCulture)] },
    };

    public static Refusal DigestMismatch(ArtifactDigest digest) => new(
        "digest_mismatch",
        StatusCodes.Status422UnprocessableEntity,
        $"What arrived does not have the sha256 {digest}. It was deleted; send the file again from the beginning.");
}
