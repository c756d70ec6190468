using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Tests.Spinnaker;

public sealed class DeployTests
{
    [Fact]
    public async Task A_version_is_baked_deployed_and_followed_to_its_end()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");

        var plan = await scene.PlanAsync(SpinnakerScene.Request("1.0"));
        Assert.Equal(["pipeline", "start", "bake", "deploy"], plan.Stages.Select(stage => stage.Name));
        var ended = await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);

        Assert.Equal(["shop-production-v000", "shop-production-v000"], scene.Serving().Values);
        Assert.Single(scene.Gate.Executions.All);
        var deploy = ended.Stages.Single(stage => stage.Name == "deploy");
        Assert.Contains(deploy.Steps, step => step is { Name: "Deploy in us-east-1", Status: StageStatus.Succeeded });
        Assert.StartsWith(SpinnakerScene.Deck, deploy.Link?.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baked_image_is_used_again_in_the_next_environment()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0", "staging");
        var version = await scene.Server.Http.GetAsync<ServiceVersion>("/api/v1/services/shop/versions/1.0");
        Assert.Equal(["eu-west-1", "us-east-1"], version.References.Select(reference => reference.Location).Order());

        var deployment = await scene.DeployAsync("1.0");
        Assert.Equal(["pipeline", "start", "deploy"], deployment.Plan.Stages.Select(stage => stage.Name));
        Assert.Contains(version.References[0].Value, deployment.Plan.Stages[1].Description, StringComparison.Ordinal);
        await scene.EndsAsync(deployment, DeploymentStatus.Succeeded);

        Assert.Equal(2, scene.Gate.World.Images.Count);
        Assert.All(scene.Gate.World.ServerGroups.Where(group => group.Account == "prod"), group => Assert.Contains(group.Image.Id, version.References.Select(reference => reference.Value)));

        var again = await scene.DeployAsync(SpinnakerScene.Request("1.0") with { Rebuild = true });
        Assert.Contains(again.Plan.Stages, stage => stage.Name == "bake");
        await scene.EndsAsync(again, DeploymentStatus.Succeeded);
        Assert.Equal(4, scene.Gate.World.Images.Count);
    }

    [Fact]
    public async Task Images_published_with_a_version_need_no_bake()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        string[] regions = ["us-east-1", "eu-west-1"];
        await scene.PublishAsync("1.0", [.. regions.Select(region => new ArtifactReference { Kind = "ami", Location = region, Value = scene.Gate.World.AddImage("shop_1.0_all", region).Id })]);

        var ended = await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);

        Assert.DoesNotContain(ended.Stages, stage => stage.Name == "bake");
    }

    [Theory]
    [InlineData("redBlack")]
    [InlineData("highlander")]
    [InlineData("rolling")]
    [InlineData("canary")]
    public async Task Every_strategy_ends_with_the_new_version_serving_alone(string kind)
    {
        await using var scene = await SpinnakerScene.StartAsync();
        Strategy strategy = kind switch
        {
            "redBlack" => new RedBlack(),
            "highlander" => new Highlander(),
            "rolling" => new Rolling { Batch = Amount.Percent(50) },
            _ => new Canary { Steps = [new() { Soak = Duration.FromSeconds(20) }], Batch = Amount.Percent(100) },
        };
        await scene.RunsAsync("1.0");
        await scene.PublishAsync("2.0");

        await scene.EndsAsync(await scene.DeployAsync("2.0", strategy: strategy), DeploymentStatus.Succeeded);

        Assert.Equal(["shop-production-v001", "shop-production-v001"], scene.Serving().Values);
        Assert.Equal(kind == "highlander" ? 2 : 4, scene.Gate.World.ServerGroups.Count);
    }

    [Fact]
    public async Task A_version_whose_instances_never_get_up_is_taken_back_and_says_why()
    {
        await using var scene = await SpinnakerScene.StartAsync(options: new() { Speed = 600 });
        await scene.RunsAsync("1.0");
        scene.Gate.World.NeverUp("shop_2.0");
        await scene.PublishAsync("2.0");

        var ended = await scene.EndsAsync(await scene.DeployAsync("2.0"), DeploymentStatus.RolledBack);

        Assert.Equal("deploy_failed", ended.Failure?.Code);
        Assert.NotEmpty(ended.Failure!.Evidence);
        Assert.Equal(["shop-production-v000", "shop-production-v000"], scene.Serving().Values);
    }

    [Fact]
    public async Task A_bake_that_fails_changes_nothing_and_is_failed_not_rolled_back()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        scene.Gate.Faults.FailBake("shop_1.0", "No candidate for shop_1.0_all");
        await scene.PublishAsync("1.0");

        var ended = await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Failed);

        Assert.Equal("bake_failed", ended.Failure?.Code);
        Assert.Contains("No candidate", ended.Failure!.Reason, StringComparison.Ordinal);
        Assert.Empty(scene.Gate.World.ServerGroups);
    }
}
