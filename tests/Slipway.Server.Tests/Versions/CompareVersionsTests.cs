using System.Net;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Tests.Versions;

public sealed class CompareVersionsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task Versions_are_numbered_as_they_are_published_and_keep_their_commits()
    {
        var versions = await PublishedAsync("numbered", 2);
        Assert.Equal([1, 2], versions.Select(version => version.Number));
        Assert.Equivalent(new[] { Commit(2) }, (await Server.Http.GetAsync<ServiceVersion>("/api/v1/services/numbered/versions/v2")).Commits);
    }

    [Fact]
    public async Task Forward_it_lists_what_is_new_and_backward_what_is_taken_back()
    {
        await PublishedAsync("compared", 4);
        var forward = await CompareAsync("from=v1&to=v3");
        Assert.Equal((ComparisonDirection.Forward, "v3 v2", "sha3 sha2"), Short(forward));
        var backward = await CompareAsync("from=v4&to=v2");
        Assert.Equal((ComparisonDirection.Backward, "v4 v3", "sha4 sha3"), Short(backward));
        Assert.Equal((ComparisonDirection.Same, "", ""), Short(await CompareAsync("from=v2&to=v2")));

        Task<VersionComparison> CompareAsync(string query) => Server.Http.GetAsync<VersionComparison>("/api/v1/services/compared/compare?" + query);
    }

    [Fact]
    public async Task An_unknown_version_is_named()
    {
        await PublishedAsync("unknowing", 1);
        await (await Server.Http.GetAsync("/api/v1/services/unknowing/compare?from=v1&to=v9")).ShouldRefuseAsync(HttpStatusCode.NotFound, "version_not_found");
    }

    [Fact]
    public async Task Too_many_commits_or_a_whole_message_are_refused()
    {
        await Server.Http.AppliedAsync("service: chatty\nrun: ./a\n");
        var digest = await Server.Http.UploadAsync(Uploaded.Random(100));
        var version = new PublishVersion { Version = VersionName.Parse("1"), Artifact = digest };
        await Refused([.. Enumerable.Repeat(Commit(1), 101)]);
        await Refused([Commit(1) with { Message = "one\ntwo" }]);
        await Refused([Commit(1) with { Message = new string('x', 201) }]);

        async Task Refused(Commit[] commits) =>
            await (await Server.Http.PublishAsync("chatty", version with { Commits = commits })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Versions_published_at_once_get_a_number_each()
    {
        await Server.Http.AppliedAsync("service: crowded\nrun: ./a\n");
        var digest = await Server.Http.UploadAsync(Uploaded.Random(100));
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Server.Http.PublishAsync("crowded", new() { Version = VersionName.Parse($"v{i}"), Artifact = digest })));
        var numbers = new List<int>();
        foreach (var answer in answers)
            numbers.Add((await answer.ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created)).Number);

        Assert.Equal(Enumerable.Range(1, 8), numbers.Order());
    }

    private static Commit Commit(int number) => new() { Sha = $"sha{number}", Author = "Anna", Message = $"Change {number}", Time = new(2026, 11, number, 12, 0, 0, TimeSpan.Zero) };

    private static (ComparisonDirection, string, string) Short(VersionComparison found) =>
        (found.Direction, string.Join(' ', found.Versions.Select(version => version.Version)), string.Join(' ', found.Commits.Select(commit => commit.Sha)));

    private async Task<List<ServiceVersion>> PublishedAsync(string service, int count)
    {
        await Server.Http.AppliedAsync($"service: {service}\nrun: ./a\n");
        var digest = await Server.Http.UploadAsync(Uploaded.Random(100));
        var versions = new List<ServiceVersion>();
        for (var i = 1; i <= count; i++)
            versions.Add(await (await Server.Http.PublishAsync(service, new() { Version = VersionName.Parse($"v{i}"), Artifact = digest, Commits = [Commit(i)] })).ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created));

        return versions;
    }
}
