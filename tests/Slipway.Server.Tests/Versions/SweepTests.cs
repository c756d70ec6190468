using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Versions;

public sealed class SweepTests
{
    [Fact]
    public async Task What_nobody_uses_goes_after_a_day_and_what_a_version_uses_stays()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(clock);
        await server.Http.AppliedAsync("service: kept\nrun: ./a\n");
        var used = await server.Http.UploadAsync(Uploaded.Random(100));
        await server.Http.PublishAsync("kept", new() { Version = VersionName.Parse("1"), Artifact = used });
        var unused = await server.Http.UploadAsync(Uploaded.Random(100));
        var (partial, silent) = (Uploaded.Random(100), Uploaded.Random(100));
        await server.Http.StartAsync(partial);
        await server.Http.SendAsync(partial, 0, 50);
        await server.Http.StartAsync(silent);

        clock.Advance(TimeSpan.FromHours(23));
        await server.Get<ArtifactSweep>().SweepAsync(default);
        Assert.Equal(50, (await server.Http.GetAsync<Upload>($"/api/v1/uploads/{partial.Digest()}")).Offset);
        await server.Http.GetAsync<Artifact>($"/api/v1/artifacts/{unused}");

        clock.Advance(TimeSpan.FromHours(2));
        await server.Get<ArtifactSweep>().SweepAsync(default);
        await server.Http.GetAsync<Artifact>($"/api/v1/artifacts/{used}");

        // The server's own hourly sweep may be doing some of it at this moment.
        foreach (var path in (string[])[$"artifacts/{unused}", $"uploads/{partial.Digest()}", $"uploads/{silent.Digest()}"])
            await Eventually.TrueAsync(async () => (await server.Http.GetAsync($"/api/v1/{path}")).StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_artifact_that_was_asked_for_a_moment_ago_stays_for_its_version()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(clock);
        var file = Uploaded.Random(100);
        await server.Http.UploadAsync(file);
        clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await server.Http.StartAsync(file)).Complete);
        clock.Advance(TimeSpan.FromHours(2));
        await server.Get<ArtifactSweep>().SweepAsync(default);
        await server.Http.GetAsync<Artifact>($"/api/v1/artifacts/{file.Digest()}");
    }
}
