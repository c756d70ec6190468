using System.Diagnostics;
using Slipway.Cli.Tests.Fake;
using Slipway.Contracts.Versions;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class PublishTests
{
    [Fact]
    public async Task A_folder_is_packed_uploaded_and_published()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server) { Time = new FrozenTime() };
        cli.Write("dist/app.txt", new string('x', 3000));
        cli.Write("dist/lib/a.txt", "a");

        var run = await cli.RunAsync("publish", "checkout", "1.4.2", "dist");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((ArtifactKind.TarZstd, "dist.tar.zst"), (server.Versions[0].Artifact!.Format, server.Versions[0].Artifact!.FileName));
        Assert.Contains("✓ checkout 1.4.2 is published", run.Out, StringComparison.Ordinal);
        Assert.Contains("Packed 2 files: 3.0 kB", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.jar", ArtifactKind.SingleFile)]
    [InlineData("app", ArtifactKind.SingleFile)]
    [InlineData("app.tar.gz", ArtifactKind.TarGzip)]
    [InlineData("app.tgz", ArtifactKind.TarGzip)]
    [InlineData("app.tar.zst", ArtifactKind.TarZstd)]
    [InlineData("app.zip", ArtifactKind.Zip)]
    [InlineData("app.tar", ArtifactKind.Tar)]
    public async Task A_file_is_sent_as_it_is(string name, ArtifactKind format)
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);
        cli.Write(name, "content of " + name);

        await cli.RunAsync("publish", "checkout", "1.4.2", name);

        var artifact = server.Versions[0].Artifact!;
        Assert.Equal((format, name), (artifact.Format, artifact.FileName));
        Assert.Equal("content of " + name, System.Text.Encoding.UTF8.GetString(server.Uploaded(artifact.Sha256)));
    }

    [Fact]
    public async Task The_same_content_again_is_no_error_and_no_upload()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);
        cli.Write("dist/app.txt", "one");
        await cli.RunAsync("publish", "checkout", "1.4.2", "dist");
        server.Requests.Clear();

        var run = await cli.RunAsync("publish", "checkout", "1.4.2", "dist");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("already published, with the same content", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.StartsWith("PATCH", StringComparison.Ordinal) || r.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_content_under_the_same_name_is_refused_with_3()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server) { Time = new FrozenTime() };
        cli.Write("dist/app.txt", "one");
        await cli.RunAsync("publish", "checkout", "1.4.2", "dist");
        cli.Write("dist/app.txt", "two");

        Snapshot.Matches((await cli.RunAsync("publish", "checkout", "1.4.2", "dist")).ToString());
    }

    [Fact]
    public async Task A_wrong_service_is_told_before_anything_is_uploaded()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);
        cli.Write("dist/app.txt", "one");

        var run = await cli.RunAsync("publish", "chekout", "1.4.2", "dist");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Did you mean checkout?", run.Error, StringComparison.Ordinal);
        Assert.Empty(server.UploadedDigests);
    }

    [Fact]
    public async Task Commit_and_branch_come_from_the_working_copy_here()
    {
        const string commit = "1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c";
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);
        cli.Write("app.jar", "one");
        cli.Write(".git/HEAD", "ref: refs/heads/feature/pay\n");
        cli.Write(".git/packed-refs", $"# pack-refs with: peeled\n0000000000000000000000000000000000000000 refs/heads/main\n{commit} refs/heads/feature/pay\n");

        await cli.RunAsync("publish", "checkout", "1.4.2", "app.jar");

        Assert.Equal((commit, "feature/pay"), (server.Versions[0].Commit, server.Versions[0].Branch));
    }

    [Fact]
    public async Task A_linked_working_copy_has_its_own_head_and_shared_branches()
    {
        const string commit = "aaaa3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c";
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);
        cli.Write("app.jar", "one");
        cli.Write(".git", "gitdir: repository/worktrees/here\n");
        cli.Write("repository/worktrees/here/HEAD", "ref: refs/heads/main\n");
        cli.Write("repository/worktrees/here/commondir", "../..\n");
        cli.Write("repository/refs/heads/main", commit + "\n");

        await cli.RunAsync("publish", "checkout", "1.4.2", "app.jar", "--branch", "release");

        Assert.Equal((commit, "release"), (server.Versions[0].Commit, server.Versions[0].Branch));
    }

    [Fact]
    public async Task The_commits_since_the_version_before_come_from_git()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);
        cli.Write("app.jar", "one");
        await GitAsync(cli, "init", "-q", "-b", "main");
        await GitAsync(cli, "commit", "-q", "--allow-empty", "-m", "First");
        await cli.RunAsync("publish", "checkout", "1.4.1", "app.jar");
        await GitAsync(cli, "commit", "-q", "--allow-empty", "-m", "Round once\n\nWith a long explanation.");
        await GitAsync(cli, "commit", "-q", "--allow-empty", "-m", "Say what it costs");
        cli.Write("app.jar", "two");

        await cli.RunAsync("publish", "checkout", "1.4.2", "app.jar");

        Assert.Empty(server.Versions[0].Commits);
        Assert.Equal(["Say what it costs", "Round once"], server.Versions[1].Commits.Select(commit => commit.Message));
        Assert.Equal(server.Versions[1].Commit, server.Versions[1].Commits[0].Sha);
        Assert.Equal("Anna", server.Versions[1].Commits[0].Author);
    }

    [Fact]
    public async Task What_needs_no_file_is_published_without_a_path()
    {
        await using var server = await FakeServer.StartAsync();
        var shop = Sample.Service("shop");
        server.Services.Add(shop with { Definition = shop.Definition with { Type = "spinnaker" } });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var run = await cli.RunAsync("publish", "shop", "2.0", "--reference", "ami=us-east-1:ami-0abc", "--reference", "image=global:repo/shop@sha256:12");
        var again = await cli.RunAsync("publish", "shop", "2.0", "--reference", "ami=us-east-1:ami-0abc");
        var other = await cli.RunAsync("publish", "shop", "2.0", "--reference", "ami=us-east-1:ami-0def");

        Assert.Equal(["ami us-east-1 ami-0abc", "image global repo/shop@sha256:12"], server.Versions.Single().References.Select(made => $"{made.Kind} {made.Location} {made.Value}"));
        Assert.Equal((0, 0, 3), (run.ExitCode, again.ExitCode, other.ExitCode));
        Snapshot.Matches(run.ToString());
    }

    [Fact]
    public async Task What_needs_a_file_says_so_without_one()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);

        Snapshot.Matches((await cli.RunAsync("publish", "checkout", "1.4.2")).ToString());
    }

    [Theory]
    [InlineData("ami")]
    [InlineData("ami=us-east-1")]
    [InlineData("=us-east-1:ami-0abc")]
    [InlineData("ami=:ami-0abc")]
    [InlineData("ami=us-east-1:")]
    public async Task A_reference_that_is_none_is_wrong_usage(string reference)
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);

        var run = await cli.RunAsync("publish", "checkout", "1.4.2", "--reference", reference);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("KIND=LOCATION:VALUE", run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_wrong_input()
    {
        await using var server = await WithCheckoutAsync();
        using var cli = new Cli(server);

        Snapshot.Matches((await cli.RunAsync("publish", "checkout", "1.4.2", "dist")).ToString());
    }

    private static async Task GitAsync(Cli cli, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = cli.Folder };
        foreach (var argument in (string[])["-c", "user.name=Anna", "-c", "user.email=anna@example.com", "-c", "commit.gpgSign=false", .. arguments])
            start.ArgumentList.Add(argument);

        using var git = Process.Start(start)!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
    }

    private static async Task<FakeServer> WithCheckoutAsync()
    {
        var server = await FakeServer.StartAsync();
        server.Services.Add(Sample.Service("checkout"));
        return server;
    }
}
