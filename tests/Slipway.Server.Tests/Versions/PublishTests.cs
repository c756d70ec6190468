using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Tests.Versions;

[OnBothDatabases]
public sealed class PublishTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_version_remembers_artifact_commit_branch_and_the_definition_of_its_moment()
    {
        await Server.Http.AppliedAsync("service: remember\nrun: ./a\n");
        await Server.Http.AppliedAsync("service: remember\nrun: ./b\n");
        var digest = await Server.Http.UploadAsync(Uploaded.Gzip(1_000));
        var response = await Server.Http.PublishAsync("remember", new()
        {
            Version = VersionName.Parse("1.0+build"),
            Artifact = digest,
            FileName = "remember.tar.gz",
            Commit = "abc",
            Branch = "main",
            BuildUrl = "https://ci/1",
        });
        await response.ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created);
        await Server.Http.AppliedAsync("service: remember\nrun: ./c\n");
        var version = await Server.Http.GetAsync<ServiceVersion>(response.Headers.Location!.ToString());
        Assert.Equal((2, "abc", "main", "https://ci/1"), (version.DefinitionRevision, version.Commit, version.Branch, version.BuildUrl));
        Assert.Equal((digest, 1_000, ArtifactKind.TarGzip, "remember.tar.gz"), (version.Artifact!.Sha256, version.Artifact.Size, version.Artifact.Format, version.Artifact.FileName));
        Assert.Equal(version.Artifact, await Server.Http.GetAsync<Artifact>($"/api/v1/artifacts/{digest}"));
    }

    [Fact]
    public async Task The_same_again_is_the_same_and_anything_else_is_refused()
    {
        await Server.Http.AppliedAsync("service: same\nrun: ./a\n");
        var (first, second) = (await Server.Http.UploadAsync(Uploaded.Random(100)), await Server.Http.UploadAsync(Uploaded.Random(100)));
        var version = new PublishVersion { Version = VersionName.Parse("1"), Artifact = first, Commit = "a" };
        var published = await (await Server.Http.PublishAsync("same", version)).ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created);
        Assert.Equivalent(published, await (await Server.Http.PublishAsync("same", version with { Commit = "b" })).ShouldBeAsync<ServiceVersion>(HttpStatusCode.OK));
        await (await Server.Http.PublishAsync("same", version with { Artifact = second })).ShouldRefuseAsync(HttpStatusCode.Conflict, "version_exists");
    }

    [Fact]
    public async Task Of_many_who_publish_different_content_at_once_one_wins()
    {
        await Server.Http.AppliedAsync("service: race\nrun: ./a\n");
        var artifacts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Server.Http.UploadAsync(Uploaded.Random(100))));
        var answers = await Task.WhenAll(artifacts.Select(artifact => Server.Http.PublishAsync("race", new() { Version = VersionName.Parse("1"), Artifact = artifact })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task What_cannot_be_published_is_refused()
    {
        await Server.Http.AppliedAsync("service: strict\nrun: ./a\n");
        var digest = await Server.Http.UploadAsync(Uploaded.Gzip(600));
        var good = new PublishVersion { Version = VersionName.Parse("1"), Artifact = digest, FileName = "a.tgz" };
        await Refused(good with { Artifact = ArtifactDigest.Parse(new string('0', 64)) }, HttpStatusCode.UnprocessableEntity, "artifact_missing");
        await Refused(good with { Artifact = null }, HttpStatusCode.BadRequest, "invalid_request");
        await Refused(good with { FileName = "a.zip" }, HttpStatusCode.UnprocessableEntity, "artifact_format_mismatch");
        await Refused(good with { Format = ArtifactKind.TarZstd }, HttpStatusCode.UnprocessableEntity, "artifact_format_mismatch");
        await Refused(good with { Format = ArtifactKind.Tar }, HttpStatusCode.UnprocessableEntity, "artifact_format_mismatch");
        await Refused(good with { FileName = "../a" }, HttpStatusCode.BadRequest, "invalid_request");
        await Refused(good with { BuildUrl = "javascript:alert(1)" }, HttpStatusCode.BadRequest, "invalid_request");
        await Refused(good with { Commit = "" }, HttpStatusCode.BadRequest, "invalid_request");
        await (await Server.Http.PublishAsync("nobody", good)).ShouldRefuseAsync(HttpStatusCode.NotFound, "service_not_found");
        Assert.Empty((await Server.Http.GetAsync<Page<ServiceVersion>>("/api/v1/services/strict/versions")).Items);

        async Task Refused(PublishVersion version, HttpStatusCode status, string code) =>
            await (await Server.Http.PublishAsync("strict", version)).ShouldRefuseAsync(status, code);
    }

    [Fact]
    public async Task A_jar_is_a_single_file_though_it_is_a_zip()
    {
        await Server.Http.AppliedAsync("service: jar\nrun: java -jar app.jar\n");
        var file = Uploaded.Random(100);
        "PK\u0003\u0004"u8.CopyTo(file);
        var version = await (await Server.Http.PublishAsync("jar", new() { Version = VersionName.Parse("1"), Artifact = await Server.Http.UploadAsync(file), FileName = "app.jar" }))
            .ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created);
        Assert.Equal(ArtifactKind.SingleFile, version.Artifact!.Format);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_by_branch_and_in_pages()
    {
        await Server.Http.AppliedAsync("service: listed\nrun: ./a\n");
        var artifact = await Server.Http.UploadAsync(Uploaded.Random(100));
        for (var i = 1; i <= 5; i++)
            await Server.Http.PublishAsync("listed", new() { Version = VersionName.Parse($"1.{i}"), Artifact = artifact, Branch = i % 2 == 0 ? "main" : "side" });

        Assert.Equal(["1.4", "1.2"], Names(await Server.Http.GetAsync<Page<ServiceVersion>>("/api/v1/services/listed/versions?branch=main")));
        var all = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await Server.Http.GetAsync<Page<ServiceVersion>>($"/api/v1/services/listed/versions?limit=2{(next.Length > 0 ? "&cursor=" + next : "")}");
            all.AddRange(Names(page));
            next = page.NextCursor;
        }

        Assert.Equal(["1.5", "1.4", "1.3", "1.2", "1.1"], all);
    }

    [Fact]
    public async Task A_version_in_use_is_not_deleted()
    {
        await Server.Http.AppliedAsync("service: used\nrun: ./a\nenvironments: { dev: {} }\n");
        var artifact = await Server.Http.UploadAsync(Uploaded.Random(100));
        foreach (var name in (string[])["1", "2", "3"])
            await Server.Http.PublishAsync("used", new() { Version = VersionName.Parse(name), Artifact = artifact });

        await using (var db = await Server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
        {
            var target = (await db.Set<TargetRow>().FindAsync(ServiceName.Parse("used"), EnvironmentName.Parse("dev")))!;
            (target.Version, target.PreviousVersion) = (VersionName.Parse("2"), VersionName.Parse("1"));
            await db.SaveChangesAsync();
        }

        await (await Server.Http.DeleteAsync("/api/v1/services/used/versions/1")).ShouldRefuseAsync(HttpStatusCode.Conflict, "version_in_use");
        await (await Server.Http.DeleteAsync("/api/v1/services/used/versions/2")).ShouldRefuseAsync(HttpStatusCode.Conflict, "version_in_use");
        Assert.Equal(HttpStatusCode.NoContent, (await Server.Http.DeleteAsync("/api/v1/services/used/versions/3")).StatusCode);
        await (await Server.Http.GetAsync("/api/v1/services/used/versions/3")).ShouldRefuseAsync(HttpStatusCode.NotFound, "version_not_found");
    }

    [Fact]
    public async Task Publishing_sets_off_what_follows_once()
    {
        var deployments = new Recorded();
        await using var server = await TestServer.StartAsync(builder => builder.Services.AddSingleton<IAutomaticDeployments>(deployments));
        await server.Http.AppliedAsync("service: auto\nrun: ./a\n");
        var version = new PublishVersion { Version = VersionName.Parse("1"), Artifact = await server.Http.UploadAsync(Uploaded.Random(100)) };
        await server.Http.PublishAsync("auto", version);
        await server.Http.PublishAsync("auto", version);
        Assert.Equal(["auto 1"], deployments.Published);
    }

    private static IEnumerable<string> Names(Page<ServiceVersion> page) => page.Items.Select(version => version.Version.Value);

    private sealed class Recorded : IAutomaticDeployments
    {
        public List<string> Published { get; } = [];

        public Task VersionPublishedAsync(ServiceName service, VersionName version, CancellationToken cancellation)
        {
            Published.Add($"{service} {version}");
            return Task.CompletedTask;
        }

        public Task CatchUpAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
