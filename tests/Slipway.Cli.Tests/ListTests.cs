using Slipway.Cli.Tests.Fake;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class ListTests
{
    [Fact]
    public async Task Deployments()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.AddRange([Stories.Succeeds, Stories.IsTakenBack]);
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("deployments")).ToString());
    }

    [Fact]
    public async Task One_deployment_with_its_stages_and_its_failure()
    {
        await using var server = await FakeServer.StartAsync();
        var end = Stories.IsTakenBack.End with
        {
            Reason = "hotfix",
            Stages =
            [
                new() { Name = "prepare", Kind = "prepare", Description = "Prepare 3 instances", Status = StageStatus.Succeeded, StartedAt = FrozenTime.Now.AddSeconds(-12), FinishedAt = FrozenTime.Now.AddSeconds(-9) },
                new() { Name = "canary-1", Kind = "activate", Description = "Change web-1", Status = StageStatus.Failed, StartedAt = FrozenTime.Now.AddSeconds(-9), FinishedAt = FrozenTime.Now.AddSeconds(-2), Note = "web-1 answered 500" },
                new() { Name = "batch-1", Kind = "activate", Description = "Change the rest", Status = StageStatus.Skipped },
            ],
        };
        server.Deployments.Add(Stories.IsTakenBack with { End = end });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("deployments", "d-7k2m9qwxyz")).ToString());
    }

    [Fact]
    public async Task Versions()
    {
        await using var server = await FakeServer.StartAsync();
        server.Versions.Add(Version("2.0") with { BadBecause = "d-7k2m9qwxyz: web-1 answered 500", Commit = "1f2e3d4c5b6a7988", Branch = "main" });
        server.Versions.Add(Version("1.9"));
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("versions", "checkout")).ToString());
    }

    [Fact]
    public async Task Versions_with_what_was_made_for_them()
    {
        await using var server = await FakeServer.StartAsync();
        server.Versions.Add(Version("2.0") with
        {
            Artifact = null,
            Commit = "1f2e3d4c5b6a7988",
            Branch = "main",
            BuildUrl = "https://ci.example.com/builds/17",
            Commits = [new() { Sha = "1f2e3d4c5b6a7988", Author = "Anna", Message = "Round once" }],
            References =
            [
                new() { Kind = "ami", Location = "us-east-1", Value = "ami-0abc", Deployment = Sample.Id, CreatedAt = FrozenTime.Now.AddHours(-1) },
                new() { Kind = "ami", Location = "eu-west-1", Value = "ami-0def" },
                new() { Kind = "ami", Location = "eu-west-1", Value = "ami-0old" },
            ],
        });
        server.Versions.Add(Version("1.9") with { Artifact = null });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches($"{await cli.RunAsync("versions", "checkout")}\n{await cli.RunAsync("versions", "checkout", "2.0")}\n{await cli.RunAsync("versions", "checkout", "3.0")}");
    }

    [Fact]
    public async Task Instances()
    {
        await using var server = await FakeServer.StartAsync();
        server.Instances.Add(Sample.Instance("web-1", "production", "checkout", "1.9"));
        server.Instances.Add(Sample.Instance("web-2", "production", "checkout", "1.9") with { Connected = false });
        server.Instances.Add(Sample.Instance("dev-1", "dev", "search", "0.3", "starting") with { Services = [] });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("instances")).ToString());
    }

    [Fact]
    public async Task Environments()
    {
        await using var server = await FakeServer.StartAsync();
        server.Environments.AddRange([Sample.Environment("production", 1) with { Description = "what customers see", Confirm = true }, Sample.Environment("dev", 0)]);
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("environments")).ToString());
    }

    [Fact]
    public async Task Tokens()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var made = await cli.RunAsync("tokens", "create", "ci", "--scope", "publish", "--service", "checkout");
        var listed = await cli.RunAsync("tokens", "list");

        Snapshot.Matches($"{made}\n{listed}");
    }

    [Theory]
    [InlineData("deployments")]
    [InlineData("versions checkout")]
    [InlineData("instances")]
    [InlineData("environments")]
    [InlineData("status")]
    [InlineData("tokens list")]
    public async Task Everything_can_be_had_as_json(string words)
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);

        var run = await cli.RunAsync([.. words.Split(' '), "--json"]);

        Assert.Equal((0, "{\"items\":[]}\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Steering_says_what_will_happen()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.Succeeds with { Begin = Sample.Deployment(DeploymentStatus.Running) });
        using var cli = new Cli(server);

        Snapshot.Matches($"{await cli.RunAsync("pause", "d-7k2m9qwxyz")}\n{await cli.RunAsync("resume", "d-7k2m9qwxyz")}\n{await cli.RunAsync("cancel", "d-7k2m9qwxyz")}");
    }

    [Fact]
    public async Task Holding_says_how_to_lift_it()
    {
        await using var server = await FakeServer.StartAsync();
        server.Targets.Add(Sample.Target("checkout", "production", "1.9", 1, 1, TimeSpan.FromDays(1)));
        using var cli = new Cli(server);

        Snapshot.Matches($"{await cli.RunAsync("hold", "checkout", "--in", "production", "--reason", "sale")}\n{await cli.RunAsync("unhold", "checkout", "--in", "production")}");
    }

    [Fact]
    public async Task The_join_line_alone_is_on_standard_output()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var run = await cli.RunAsync("agents", "token", "--environment", "production", "--uses", "3");

        Snapshot.Matches(run.ToString().Replace(server.Address, "http://SERVER", StringComparison.Ordinal));
    }

    private static ServiceVersion Version(string name) => new()
    {
        Service = ServiceName.Parse("checkout"),
        Version = VersionName.Parse(name),
        Artifact = new Artifact { Sha256 = ArtifactDigest.Parse(new string('a', 64)), Size = 18_200_000, Format = ArtifactKind.TarZstd, FileName = "dist.tar.zst" },
        Number = 1,
        DefinitionRevision = 1,
        CreatedAt = FrozenTime.Now.AddHours(-5),
        CreatedBy = "ci",
    };
}
