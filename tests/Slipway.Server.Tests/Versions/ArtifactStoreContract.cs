using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Versions;

/// <summary>What everybody may rely on, wherever artifacts are kept.</summary>
public abstract class ArtifactStoreContract
{
    [Fact]
    public async Task A_file_goes_up_in_parts_over_a_restart_and_comes_down_whole_and_in_part()
    {
        await using var server = await StartAsync();
        var file = Uploaded.Random(300_000);
        await server.Http.StartAsync(file);
        await server.Http.SendAsync(file, 0, 100_000);
        await server.RestartAsync();
        Assert.Equal(100_000, (await server.Http.StartAsync(file)).Offset);
        Assert.True((await (await server.Http.SendAsync(file, 100_000)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
        Assert.True((await server.Http.StartAsync(file)).Complete);
        Assert.True((await server.Http.GetAsync<Upload>($"/api/v1/uploads/{file.Digest()}")).Complete);
        Assert.Empty(Partials(server));
        Assert.Equal(file, await server.Http.GetByteArrayAsync(Path(file)));

        using var request = new HttpRequestMessage(HttpMethod.Get, Path(file)) { Headers = { Range = new RangeHeaderValue(250_000, null) } };
        using var rest = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(file[250_000..], await rest.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_tampered_file_never_arrives()
    {
        await using var server = await StartAsync();
        var file = Uploaded.Random(50_000);
        var tampered = file.ToArray();
        tampered[30_000] ^= 1;
        await server.Http.StartAsync(file);
        await (await server.Http.SendAsync(tampered, 0, as_: file)).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "digest_mismatch");
        await (await server.Http.GetAsync($"/api/v1/artifacts/{file.Digest()}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "artifact_not_found");
        await (await server.Http.GetAsync(Path(file))).ShouldRefuseAsync(HttpStatusCode.NotFound, "artifact_not_found");
    }

    [Fact]
    public async Task A_version_takes_size_and_format_from_the_file()
    {
        await using var server = await StartAsync();
        await server.Http.AppliedAsync("service: formats\nrun: ./a\n");
        var (archive, tiny) = (await server.Http.UploadAsync(Uploaded.Gzip(1_000)), await server.Http.UploadAsync(Uploaded.Random(3)));
        var version = await (await server.Http.PublishAsync("formats", new() { Version = VersionName.Parse("1"), Artifact = archive, FileName = "a.tar.gz" }))
            .ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created);
        Assert.Equal((1_000, ArtifactKind.TarGzip), (version.Artifact!.Size, version.Artifact.Format));
        Assert.Equal((3, ArtifactKind.SingleFile), await SizeAndFormatAsync(server, tiny));
        await (await server.Http.PublishAsync("formats", new() { Version = VersionName.Parse("2"), Artifact = archive, FileName = "a.zip" }))
            .ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "artifact_format_mismatch");
        await (await server.Http.PublishAsync("formats", new() { Version = VersionName.Parse("3"), Artifact = ArtifactDigest.Parse(Uploaded.Random(1).Digest()) }))
            .ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "artifact_missing");
    }

    [Fact]
    public async Task What_nobody_uses_goes_and_what_a_version_uses_or_somebody_asked_for_stays()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await MayBeSweptAsync(server);
        await server.Http.AppliedAsync("service: kept\nrun: ./a\n");
        var used = await server.Http.UploadAsync(Uploaded.Random(100));
        await server.Http.PublishAsync("kept", new() { Version = VersionName.Parse("1"), Artifact = used });
        var (unused, asked) = (await server.Http.UploadAsync(Uploaded.Random(100)), Uploaded.Random(100));
        await server.Http.UploadAsync(asked);

        clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await server.Http.StartAsync(asked)).Complete);
        await server.RestartAsync();
        clock.Advance(TimeSpan.FromHours(2));
        await server.Get<ArtifactSweep>().SweepAsync(default);

        foreach (var path in (string[])[$"{used}", asked.Digest()])
            await server.Http.GetAsync<Artifact>($"/api/v1/artifacts/{path}");

        await Eventually.TrueAsync(async () => (await server.Http.GetAsync($"/api/v1/artifacts/{unused}")).StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agent_gets_what_its_service_runs_whole_and_in_part()
    {
        await using var server = await StartAsync();
        await server.PublishAsync();
        var content = Uploaded.Random(700_000);
        var digest = await server.Http.UploadAsync(content);
        await server.StoreAsync(new VersionRow { Service = FleetSetup.Target.Service, Version = VersionName.Parse("3"), Artifact = digest, DefinitionRevision = 1 });
        await using var own = await FakeAgent.JoinAsync(server, "own", "production", "checkout");
        await using var other = await FakeAgent.JoinAsync(server, "other", "production", "billing");
        var path = AgentPaths.Artifact(digest.Value);

        using var whole = await own.SendAsync(HttpMethod.Get, path);
        Assert.Equal(content, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Get, path)).StatusCode);
    }

    /// <summary>A server with a place of its own for artifacts.</summary>
    private protected abstract Task<TestServer> StartAsync(Action<WebApplicationBuilder>? adjust = null);

    /// <summary>The place is known to be this server's alone.</summary>
    private protected virtual Task MayBeSweptAsync(TestServer server) => Task.CompletedTask;

    private protected static string[] Partials(TestServer server) => Directory.GetFiles(System.IO.Path.Combine(server.DataDirectory, "artifacts"), "*.partial");

    private protected static string Path(byte[] file) => $"/api/v1/artifacts/{file.Digest()}/content";

    private static async Task<(long Size, ArtifactKind Format)> SizeAndFormatAsync(TestServer server, ArtifactDigest digest)
    {
        var artifact = await server.Http.GetAsync<Artifact>($"/api/v1/artifacts/{digest}");
        return (artifact.Size, artifact.Format);
    }
}
