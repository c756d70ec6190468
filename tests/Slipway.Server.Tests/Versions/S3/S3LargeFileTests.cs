using System.Net;
using System.Security.Cryptography;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Tests.Versions.S3;

/// <summary>Alone, because it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(S3LargeFileTests), DisableParallelization = true)]
[Collection(nameof(S3LargeFileTests))]
public sealed class S3LargeFileTests(S3Scene scene)
{
    private const int Block = 1 << 20;
    private const int Blocks = 200;

    [Fact]
    public async Task A_file_of_200_MB_passes_to_the_bucket_in_bounded_memory()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var (small, block) = (Uploaded.Random(20 << 20), Uploaded.Random(Block));
        await server.Http.UploadAsync(small);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Blocks; i++)
            hash.AppendData(block);

        var digest = ArtifactDigest.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
        await server.Http.PostAsync("/api/v1/uploads", new StartUpload { Sha256 = digest, Size = Blocks * Block });
        GC.Collect();
        var (before, highest, allocated) = (Environment.WorkingSet, 0L, GC.GetTotalAllocatedBytes());
        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                highest = Math.Max(highest, Environment.WorkingSet);
                await Task.Delay(5);
            }
        });
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/uploads/{digest}") { Content = new Repeated(block) };
        request.Headers.Add("Upload-Offset", "0");
        Assert.True((await (await server.Http.SendAsync(request)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
        await done.CancelAsync();
        await watching;

        allocated = GC.GetTotalAllocatedBytes() - allocated;
        TestContext.Current.SendDiagnosticMessage($"{Blocks} MB: resident {before >> 20} MB before, at most {highest >> 20} MB; {allocated >> 20} MB allocated in all");
        Assert.Equal(Blocks * Block, (await scene.Client.GetObjectMetadataAsync(bucket, $"artifacts/{digest}")).ContentLength);
        Assert.True(highest - before < 100L << 20, $"{(highest - before) >> 20} MB more for a file of {Blocks} MB");
        Assert.True(allocated < 100L << 20, $"{allocated >> 20} MB allocated for a file of {Blocks} MB");
    }

    private sealed class Repeated(byte[] block) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < Blocks; i++)
                await stream.WriteAsync(block);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Blocks * Block;
            return true;
        }
    }
}
