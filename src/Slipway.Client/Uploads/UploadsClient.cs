using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Client.Uploads;

/// <summary>Brings files to the server: resumable, in constant memory, stored once per content.</summary>
public sealed class UploadsClient
{
    private const int AttemptsWithoutProgress = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    private readonly ApiConnection connection;

    internal UploadsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The sha256 of a file's content.</summary>
    public static async Task<ArtifactDigest> DigestAsync(string path, CancellationToken cancellation = default)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return ArtifactDigest.Parse(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)));
    }

    /// <summary>
    /// Sends what the server does not have of it yet. After an interruption it asks the server how much has arrived and goes on from there.
    /// Reports the bytes that the server has.
    /// </summary>
    public async Task<Upload> SendAsync(string path, ArtifactDigest digest, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var size = new FileInfo(path).Length;
        var upload = await StartAsync(digest, size, cancellation);
        for (var failures = 0; !upload.Complete;)
        {
            progress?.Report(upload.Offset);
            var next = await TrySendNextAsync(path, upload, progress, last: failures + 1 >= AttemptsWithoutProgress, cancellation);
            if (next is null || (next.Offset <= upload.Offset && !next.Complete))
            {
                if (++failures >= AttemptsWithoutProgress)
                    throw new ServerUnreachableException(connection.Options.Server, "it takes no more of the upload.");

                await Task.Delay(FirstWait * (1 << failures), connection.Options.Time, cancellation);
                next = await StartAsync(digest, size, cancellation);
            }

            if (next.Offset > upload.Offset)
                failures = 0;
            upload = next;
        }

        progress?.Report(size);
        return upload;
    }

    private Task<Upload> StartAsync(ArtifactDigest digest, long size, CancellationToken cancellation) =>
        connection.PostAsync(
            "uploads", new StartUpload { Sha256 = digest, Size = size }, ContractsJson.Default.StartUpload, ContractsJson.Default.Upload, cancellation);

    /// <summary>Null: interrupted, ask how much arrived.</summary>
    private async Task<Upload?> TrySendNextAsync(string path, Upload upload, IProgress<long>? progress, bool last, CancellationToken cancellation)
    {
        try
        {
            var length = Math.Min(connection.Options.UploadRequestSize, upload.Size - upload.Offset);
            using var content = new FileSlice(path, upload.Offset, length, progress);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            var request = connection.Request(HttpMethod.Patch, $"uploads/{upload.Sha256}", content);
            request.Headers.TryAddWithoutValidation("Upload-Offset", upload.Offset.ToString(CultureInfo.InvariantCulture));

            using var response = await connection.SendBodyAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
                return await Answers.ReadAsync(response, ContractsJson.Default.Upload, cancellation);

            // 409: the server has another offset, from an attempt whose answer was lost. 5xx but a full disk: it may be better in a moment.
            if (last || (int)response.StatusCode is not (409 or >= 500) or 507)
                throw new ApiException(await Answers.ReadProblemAsync(response, cancellation));
        }
        catch (ServerUnreachableException e) when (!last && !e.CertificateRefused)
        {
        }

        return null;
    }
}
