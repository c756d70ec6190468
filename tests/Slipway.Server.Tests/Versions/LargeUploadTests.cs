using System.Net;
using System.Security.Cryptography;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Tests.Versions;

/// <summary>Alone, because it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(LargeUploadTests), DisableParallelization = true)]
[Collection(nameof(LargeUploadTests))]
public sealed class LargeUploadTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_large_file_passes_in_constant_memory()
    {
        const long size = 400L << 20;
        var (digest, block) = (Zeroes(size), new byte[1 << 20]);
        await Server.Http.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = ArtifactDigest.Parse(digest), Size = size });
        GC.Collect();
        var before = Environment.WorkingSet;
        var highest = 0L;
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/uploads/{digest}")
        {
            Content = new PushContent(size, async stream =>
            {
                for (var sent = 0L; sent < size; sent += block.Length)
                {
                    await stream.WriteAsync(block);
                    highest = Math.Max(highest, Environment.WorkingSet);
                }
            }),
        };
        request.Headers.Add("Upload-Offset", "0");
        Assert.True((await (await Server.Http.SendAsync(request)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
        Assert.True(highest - before < 100L << 20, $"{(highest - before) >> 20} MB more for a file of {size >> 20} MB");
    }

    private static string Zeroes(long size)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 20];
        for (var done = 0L; done < size; done += block.Length)
            hash.AppendData(block);

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class PushContent(long size, Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return true;
        }
    }
}
