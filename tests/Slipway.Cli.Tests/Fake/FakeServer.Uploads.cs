using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Tests.Fake;

internal sealed partial class FakeServer
{
    private readonly Dictionary<string, MemoryStream> uploads = [];
    private readonly Dictionary<string, long> sizes = [];

    /// <summary>The connection of the n-th PATCH is cut after this many bytes have been stored; one entry for each PATCH.</summary>
    public Queue<int> CutAfter { get; } = new();

    public byte[] Uploaded(ArtifactDigest digest) => uploads[digest.Value].ToArray();

    public IEnumerable<string> UploadedDigests => uploads.Keys;

    private void MapUploads(WebApplication server)
    {
        var api = server.MapGroup("/api/v1");
        api.MapPost("/uploads", async c =>
        {
            var wanted = await ReadAsync(c, ContractsJson.Default.StartUpload);
            sizes[wanted.Sha256.Value] = wanted.Size;
            uploads.TryAdd(wanted.Sha256.Value, new MemoryStream());
            await AnswerAsync(c, wanted.Sha256.Value);
        });
        api.MapPatch("/uploads/{sha256}", StoreAsync);
        api.MapGet("/services/{service}/versions", c => WriteAsync(c, new Page<ServiceVersion> { Items = Versions }, ContractsJson.Default.PageServiceVersion));
        api.MapGet("/services/{service}/versions/{version}", c => FindAsync(
            c, Versions.Find(v => v.Service.Value == Route(c, "service") && v.Version.Value == Route(c, "version")), "version_not_found", $"{Route(c, "service")} has no version {Route(c, "version")}.", ContractsJson.Default.ServiceVersion));
        api.MapPost("/services/{service}/versions", PublishAsync);
    }

    private async Task StoreAsync(HttpContext context)
    {
        var digest = Route(context, "sha256");
        var stored = uploads[digest];
        if (context.Request.Headers["Upload-Offset"] != stored.Length.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            await ProblemAsync(context, 409, "upload_offset", $"The upload is at {stored.Length}.");
            return;
        }

        var limit = CutAfter.TryDequeue(out var cut) ? cut : int.MaxValue;
        if (limit == 0)
        {
            context.Abort();
            return;
        }

        var buffer = new byte[16 * 1024];
        for (int read, total = 0; (read = await context.Request.Body.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, limit - total)))) > 0;)
        {
            stored.Write(buffer, 0, read);
            total += read;
            if (total < limit)
                continue;

            context.Abort();
            return;
        }

        await AnswerAsync(context, digest);
    }

    private Task AnswerAsync(HttpContext context, string digest)
    {
        var stored = uploads[digest];
        var complete = stored.Length == sizes[digest];
        if (complete && Convert.ToHexStringLower(SHA256.HashData(stored.ToArray())) != digest)
            return ProblemAsync(context, 422, "digest_mismatch", "The content is not what its digest says.");

        return WriteAsync(
            context,
            new Upload { Sha256 = ArtifactDigest.Parse(digest), Size = sizes[digest], Offset = stored.Length, Complete = complete },
            ContractsJson.Default.Upload);
    }

    private async Task PublishAsync(HttpContext context)
    {
        var wanted = await ReadAsync(context, ContractsJson.Default.PublishVersion);
        if (wanted.Artifact is null && Services.Exists(s => s.Name.Value == Route(context, "service") && s.Definition.Type == "trigger"))
        {
            await ProblemAsync(context, 400, "invalid_request", "A version needs an artifact.", new() { ["artifact"] = ["A version needs an artifact."] });
            return;
        }

        Versions.Add(new ServiceVersion
        {
            Service = ServiceName.Parse(Route(context, "service")),
            Version = wanted.Version,
            Number = Versions.Count + 1,
            Artifact = wanted.Artifact is { } digest ? new Artifact { Sha256 = digest, Size = sizes[digest.Value], Format = wanted.Format!.Value, FileName = wanted.FileName! } : null,
            References = wanted.References,
            DefinitionRevision = 1,
            Commit = wanted.Commit,
            Branch = wanted.Branch,
            BuildUrl = wanted.BuildUrl,
            Commits = wanted.Commits,
            CreatedAt = FrozenTime.Now,
            CreatedBy = "alice",
        });
        await WriteAsync(context, Versions[^1], ContractsJson.Default.ServiceVersion, 201);
    }
}
