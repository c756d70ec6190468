using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Tests.Versions;

/// <summary>Files, uploads and services for tests that need some.</summary>
internal static class Uploaded
{
    public static byte[] Random(int size) => RandomNumberGenerator.GetBytes(size);

    /// <summary>Looks like a .tar.gz to everybody who reads only the first bytes.</summary>
    public static byte[] Gzip(int size)
    {
        var file = Random(size);
        (file[0], file[1]) = (0x1f, 0x8b);
        return file;
    }

    public static string Digest(this byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    public static async Task<Upload> StartAsync(this HttpClient client, byte[] file) =>
        await (await client.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = ArtifactDigest.Parse(file.Digest()), Size = file.Length }))
            .ShouldBeAsync<Upload>(HttpStatusCode.OK);

    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, byte[] file, int offset, int? length = null, byte[]? as_ = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/uploads/{(as_ ?? file).Digest()}")
        {
            Content = new ByteArrayContent(file, offset, length ?? (file.Length - offset)),
        };
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        return await client.SendAsync(request);
    }

    public static async Task<ArtifactDigest> UploadAsync(this HttpClient client, byte[] file)
    {
        await client.StartAsync(file);
        Assert.True((await (await client.SendAsync(file, 0)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
        return ArtifactDigest.Parse(file.Digest());
    }

    public static async Task<HttpResponseMessage> ApplyAsync(this HttpClient client, string yaml, string query = "")
    {
        using var content = new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml");
        return await client.PostAsync("/api/v1/services" + query, content);
    }

    public static async Task<ServiceApplied> AppliedAsync(this HttpClient client, string yaml, string query = "")
    {
        var response = await client.ApplyAsync(yaml, query);
        return await response.ShouldBeAsync<ServiceApplied>(response.StatusCode == HttpStatusCode.Created ? HttpStatusCode.Created : HttpStatusCode.OK);
    }

    public static Task<HttpResponseMessage> PublishAsync(this HttpClient client, string service, PublishVersion version) =>
        client.PostAsync($"/api/v1/services/{service}/versions", version);
}
