using System.Net;

namespace Slipway.FakeGate.Tests;

public sealed class WorldTests : GateTests
{
    private const string Clusters = "/applications/shop/clusters";

    private void Two()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 2);
        Gate.Advance(TimeSpan.FromSeconds(1));
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 5);
        Gate.World.Disable("prod", "us-east-1", "shop-prod-v000");
    }

    [Fact]
    public async Task Clusters_are_listed_by_account()
    {
        Two();

        Assert.Equal("""{"prod":["shop-prod"]}""", (await Client.Get(Clusters)).Text);
        Assert.Equal("shop-prod", (string?)(await Client.Get($"{Clusters}/prod")).Array.Single()!["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"{Clusters}/test")).Status);
    }

    [Fact]
    public async Task An_unknown_cluster_is_an_empty_object_and_not_an_error()
    {
        Two();

        Assert.Equal((HttpStatusCode.OK, "{}"), ((await Client.Get($"{Clusters}/prod/shop-other")).Status, (await Client.Get($"{Clusters}/prod/shop-other")).Text));
        Assert.Equal("prod", (string?)(await Client.Get($"{Clusters}/prod/shop-prod")).Object["accountName"]);
        Assert.Equal(2, (await Client.Get($"{Clusters}/prod/shop-prod/serverGroups")).Array.Count);
        Assert.Equal((HttpStatusCode.OK, ""), ((await Client.Get($"{Clusters}/prod/x/serverGroups")).Status, (await Client.Get($"{Clusters}/prod/x/serverGroups")).Text));
    }

    [Theory]
    [InlineData("newest", "shop-prod-v001")]
    [InlineData("current_asg_dynamic", "shop-prod-v001")]
    [InlineData("ancestor", "shop-prod-v000")]
    [InlineData("previous_asg_dynamic", "shop-prod-v000")]
    [InlineData("oldest", "shop-prod-v000")]
    [InlineData("oldest?onlyEnabled=true", "shop-prod-v001")]
    [InlineData("largest", "shop-prod-v001")]
    [InlineData("fail", null)]
    [InlineData("fail?onlyEnabled=true", "shop-prod-v001")]
    [InlineData("ancestor?onlyEnabled=true", null)]
    public async Task A_target_is_one_of_the_clusters_groups(string target, string? name)
    {
        Two();
        var answer = await Client.Get($"{Clusters}/prod/shop-prod/aws/us-east-1/serverGroups/target/{target}");

        Assert.Equal(name is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.Status);
        Assert.Equal(name, (string?)answer.Object["name"]);
    }

    [Fact]
    public async Task The_list_says_isDisabled_and_the_details_say_disabled()
    {
        Two();
        var listed = (await Client.Get("/applications/shop/serverGroups")).Array[0]!.AsObject();
        var details = (await Client.Get("/applications/shop/serverGroups/prod/us-east-1/shop-prod-v000")).Object;

        Assert.True((bool)listed["isDisabled"]! && !listed.ContainsKey("disabled"));
        Assert.True((bool)details["disabled"]! && !details.ContainsKey("isDisabled"));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get("/applications/shop/serverGroups/prod/us-east-1/shop-prod-v009")).Status);
    }

    [Fact]
    public async Task Server_groups_are_filtered_by_cluster_and_provider()
    {
        Two();
        Gate.World.AddServerGroup("test", "us-east-1", "shop-test");
        Gate.World.AddServerGroup("test", "us-east-1", "other-test");

        Assert.Equal(3, (await Client.Get("/applications/shop/serverGroups")).Array.Count);
        Assert.Single((await Client.Get("/applications/shop/serverGroups?clusters=test:shop-test,prod:other")).Array);
        Assert.Empty((await Client.Get("/applications/shop/serverGroups?cloudProvider=gce")).Array);
    }

    [Fact]
    public async Task Instances_start_get_up_and_go_out_of_service()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 1);
        var id = (string)(await Client.Get("/applications/shop/serverGroups")).Array[0]!["instances"]![0]!["id"]!;
        Assert.Equal("Up", await Health());
        Gate.World.Disable("prod", "us-east-1", "shop-prod-v000");
        Assert.Equal("OutOfService", await Health());
        Assert.Equal(1, (int)(await Client.Get("/applications/shop/serverGroups")).Array[0]!["instanceCounts"]!["outOfService"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get("/instances/prod/us-east-1/i-nobody")).Status);

        async Task<string> Health() => (string)(await Client.Get($"/instances/prod/us-east-1/{id}")).Object["healthState"]!;
    }

    [Fact]
    public async Task Reads_lag_behind_by_what_the_cache_does()
    {
        Gate.World.CacheLag = TimeSpan.FromSeconds(30);
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
        Assert.Empty((await Client.Get("/applications/shop/serverGroups")).Array);

        Gate.Advance(TimeSpan.FromSeconds(31));
        Assert.False((bool)(await Client.Get("/applications/shop/serverGroups")).Array[0]!["isDisabled"]!);
        Gate.World.Disable("prod", "us-east-1", "shop-prod-v000");
        Assert.False((bool)(await Client.Get("/applications/shop/serverGroups")).Array[0]!["isDisabled"]!);

        Gate.Advance(TimeSpan.FromSeconds(31));
        Assert.True((bool)(await Client.Get("/applications/shop/serverGroups")).Array[0]!["isDisabled"]!);
    }

    [Theory]
    [InlineData("shop-v003", "shop", null, null, 3)]
    [InlineData("shop-prod-v012", "shop", "prod", null, 12)]
    [InlineData("shop-prod-a-b-v999", "shop", "prod", "a-b", 999)]
    [InlineData("shop--canary-v000", "shop", null, "canary", 0)]
    public void Names_are_read_and_written(string name, string app, string? stack, string? detail, int sequence)
    {
        var moniker = World.Moniker.Parse(name);

        Assert.Equal(new(app, stack, detail, sequence), moniker);
        Assert.Equal(name, moniker.ServerGroup);
    }
}
