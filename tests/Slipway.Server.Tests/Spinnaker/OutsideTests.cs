using System.Net;
using System.Text.Json.Nodes;
using Slipway.Contracts.Connections;
using Slipway.Contracts.Deployments;
using Slipway.FakeGate.Access;

namespace Slipway.Server.Tests.Spinnaker;

/// <summary>What people do in Spinnaker itself.</summary>
public sealed class OutsideTests
{
    [Fact]
    public async Task Groups_are_seen_also_where_nobody_has_deployed_through_Slipway()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        scene.Gate.World.AddServerGroup("prod", "us-east-1", "shop-production", size: 3);

        var seen = await scene.GroupsAsync(groups => groups.Groups.Count == 1);
        var group = seen.Groups[0];

        Assert.Equal(("shop-production-v000", "prod us-east-1", true, 3), (group.Name, group.Location, group.Serving, group.Health.Up));
        Assert.StartsWith("ami-", group.Image, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.TargetAsync(target => target.Instances.Total == 3)).Instances.Healthy);
    }

    [Fact]
    public async Task Since_when_nothing_is_down_is_kept_from_look_to_look_until_nothing_serves()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        scene.Gate.World.AddServerGroup("prod", "us-east-1", "shop-production", size: 2);
        var first = await scene.GroupsAsync(groups => groups.HealthySince is not null);

        scene.Gate.World.Resize("prod", "us-east-1", "shop-production-v000", 3);
        Assert.Equal(first.HealthySince, (await scene.GroupsAsync(groups => groups.Groups is [{ Health.Up: 3 }])).HealthySince);

        scene.Gate.World.Disable("prod", "us-east-1", "shop-production-v000");
        await scene.GroupsAsync(groups => groups.HealthySince is null);
        scene.Gate.World.Enable("prod", "us-east-1", "shop-production-v000");
        var again = await scene.GroupsAsync(groups => groups.HealthySince is not null);
        Assert.True(again.HealthySince > first.HealthySince, $"{first.HealthySince} {again.HealthySince}");
    }

    [Fact]
    public async Task A_server_group_disabled_behind_Slipways_back_is_drift()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        await scene.TargetAsync(target => target.RunningVersions.ContainsKey("1.0"));

        scene.Gate.World.Disable("prod", "us-east-1", "shop-production-v000");

        var target = await scene.TargetAsync(now => now.Drift is not []);
        Assert.Equal(["us-east-1: nothing serves, although 1.0 should."], target.Drift);
    }

    [Fact]
    public async Task An_execution_somebody_started_in_Spinnaker_becomes_a_deployment_with_its_author()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        await scene.PublishAsync("2.0");

        scene.Gate.Executions.Start("shop", "slipway-shop-production", "bob", Trigger("2.0"));

        var found = await SpinnakerScene.UntilAsync(scene.DeploymentsAsync, all => all.Any(one => one.CreatedBy == "bob (Spinnaker)"), all => string.Join(", ", all.Select(one => one.CreatedBy)));
        var outside = found.Single(one => one.CreatedBy == "bob (Spinnaker)");
        var ended = await scene.EndsAsync(outside, DeploymentStatus.Succeeded);
        Assert.Equal("2.0", ended.Version.Value);
        Assert.Equal("2.0", (await scene.TargetAsync(target => target.Drift is [])).Version?.Value);
        Assert.Equal(2, (await scene.DeploymentsAsync()).Count);
    }

    [Fact]
    public async Task A_pipeline_changed_by_hand_is_never_overwritten_and_the_difference_is_shown()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        var config = scene.Gate.Configs.All.Single();
        config["stages"]!.AsArray()[0]!["baseOs"] = "jammy";
        scene.Gate.Configs.Save(config, "bob");

        var refused = await (await scene.Server.Http.PostAsync("/api/v1/deployments", SpinnakerScene.Request("1.0") with { Rebuild = true })).ShouldRefuseAsync(HttpStatusCode.Conflict, "pipeline_changed_by_hand");

        Assert.Contains("baseOs", refused.Detail, StringComparison.Ordinal);
        Assert.Equal("jammy", scene.Gate.Configs.All.Single()["stages"]!.AsArray()[0]!["baseOs"]!.GetValue<string>());
        scene.Gate.Configs.Delete("shop", "slipway-shop-production");
        await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);
    }

    [Fact]
    public async Task A_change_of_slipway_yaml_updates_the_pipeline()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        await scene.ApplyAsync("  instanceType: m5.4xlarge");
        await scene.RunsAsync("2.0");

        var config = Assert.Single(scene.Gate.Configs.All);
        Assert.Contains("m5.4xlarge", config.ToJsonString(), StringComparison.Ordinal);
        Assert.All(scene.Gate.World.ServerGroups.Where(group => !group.Disabled), group => Assert.Equal("m5.4xlarge", group.InstanceType));
    }

    [Fact]
    public async Task An_existing_pipeline_is_started_with_its_parameters_and_its_own_stages_are_the_plan()
    {
        await using var scene = await SpinnakerScene.StartAsync("""
              pipeline: { name: Ship it, parameters: { tag: "v{version}", where: "{environment}" } }
            """);
        scene.Gate.Configs.Save((JsonObject)JsonNode.Parse("""
            {
              "application": "shop", "name": "Ship it", "limitConcurrent": true,
              "parameterConfig": [{ "name": "tag", "required": true }, { "name": "where", "required": true }],
              "stages": [
                { "refId": "2", "requisiteStageRefIds": ["1"], "type": "wait", "name": "Start", "waitTime": 5 },
                { "refId": "1", "requisiteStageRefIds": [], "type": "checkPreconditions", "name": "Look", "preconditions": [{ "type": "expression", "context": { "expression": "${parameters.tag == 'v1.0'}" }, "failPipeline": true }] }
              ]
            }
            """)!);
        await scene.PublishAsync("1.0");

        var ended = await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);

        Assert.Equal(["start", "look", "start-2"], ended.Stages.Select(stage => stage.Name));
        Assert.Equal("production", scene.Gate.Executions.All.Single().Json["trigger"]!["parameters"]!["where"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("settings.regions", "  regions: []")]
    [InlineData("settings", "  colour: blue")]
    [InlineData("settings.capacity", "  capacity: { min: 3, max: 1 }")]
    [InlineData("settings.checks", "  checks: [{ name: nothing }]")]
    public async Task Settings_that_can_not_work_are_refused_when_they_are_applied(string place, string settings)
    {
        await using var scene = await SpinnakerScene.StartAsync();
        var yaml = $"""
            service: other
            type: spinnaker
            settings:
            {(settings.Contains("regions", StringComparison.Ordinal) ? "" : "  regions: [us-east-1]\n")}  account: prod
            {settings}
            environments:
              production:
            """;
        using var content = new StringContent(yaml.ReplaceLineEndings("\n"), System.Text.Encoding.UTF8, "application/yaml");
        var refused = await (await scene.Server.Http.PostAsync("/api/v1/services", content)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_service_definition");

        Assert.Contains(refused.Errors!.Keys, key => key.StartsWith("line", StringComparison.Ordinal) || key.StartsWith(place, StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string> Diagnoses => new()
    {
        { "gate", "http://127.0.0.1:1", "does not answer" },
        { "authentication", "none", "choose an authentication" },
        { "password", "wrong", "still valid" },
    };

    [Theory]
    [MemberData(nameof(Diagnoses))]
    public async Task A_connection_that_does_not_work_is_diagnosed(string field, string value, string says)
    {
        await using var scene = await SpinnakerScene.StartAsync(options: new() { Authentication = new(SignIn.Basic, new User("slipway") { Password = "secret" }) });
        await scene.ConnectAsync([("authentication", "basic"), ("user", "slipway")], [("password", "secret")]);
        Assert.True((await TestAsync(scene)).Works);

        await scene.ConnectAsync([("authentication", "basic"), ("user", "slipway"), (field == "password" ? "user" : field, field == "password" ? "slipway" : value)], field == "password" ? [("password", value)] : []);
        var diagnosis = await TestAsync(scene);

        Assert.False(diagnosis.Works);
        Assert.Contains(says, diagnosis.Steps[^1].Message, StringComparison.Ordinal);
    }

    private static JsonObject Trigger(string version) => new()
    {
        ["type"] = "manual",
        ["parameters"] = new JsonObject { ["version"] = version, ["package"] = $"shop_{version}_all" },
    };

    private static async Task<ConnectionDiagnosis> TestAsync(SpinnakerScene scene) =>
        await (await scene.Server.Http.PostTextAsync("/api/v1/connections/main/test", "{}")).ShouldBeAsync<ConnectionDiagnosis>(HttpStatusCode.OK);
}
