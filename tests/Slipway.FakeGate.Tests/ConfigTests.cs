using System.Net;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class ConfigTests : GateTests
{
    private static JsonObject Config(string name) => new() { ["application"] = "shop", ["name"] = name, ["stages"] = new JsonArray(), ["ours"] = "kept" };

    private async Task<JsonObject> Stored(string name) => (await Client.Get($"/applications/shop/pipelineConfigs/{name}")).Object;

    [Fact]
    public async Task A_saved_config_is_read_back_by_name_for_its_id_is_not_answered()
    {
        var answer = await Client.Post("/pipelines", Config("Deploy"));

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
        var stored = await Stored("Deploy");
        Assert.NotEmpty((string)stored["id"]!);
        Assert.Equal("kept", (string?)stored["ours"]);
        Assert.Equal("1787313600000", (string?)stored["updateTs"]);
        Assert.Equal("anonymous", (string?)stored["lastModifiedBy"]);
        Assert.Single(Gate.Executions.Tasks);
    }

    [Fact]
    public async Task A_config_with_an_id_is_changed_and_has_a_history()
    {
        await Client.Post("/pipelines", Config("Deploy"));
        var stored = await Stored("Deploy");
        stored["ours"] = "changed";
        await Client.Post("/pipelines", stored.DeepClone());

        Assert.Single((await Client.Get("/applications/shop/pipelineConfigs")).Array);
        Assert.Equal(["changed", "kept"], (await Client.Get($"/pipelineConfigs/{stored["id"]}/history?limit=5")).Array.Select(version => (string)version!["ours"]!));
    }

    [Fact]
    public async Task The_same_name_twice_is_refused_through_the_task()
    {
        await Client.Post("/pipelines", Config("Deploy"));
        var second = await Client.Post("/pipelines", Config("Deploy"));

        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Contains("already exists", second.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post("/pipelines", new JsonObject { ["application"] = "shop" })).Status);
    }

    [Fact]
    public async Task A_stale_config_is_refused_where_that_is_checked()
    {
        await Client.Post("/pipelines", Config("Deploy"));
        var mine = await Stored("Deploy");
        Gate.Advance(TimeSpan.FromSeconds(1));
        Gate.Configs.Save((JsonObject)mine.DeepClone());

        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post("/pipelines?staleCheck=true", mine.DeepClone())).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Post("/pipelines", mine.DeepClone())).Status);
    }

    [Fact]
    public async Task Put_answers_with_what_is_stored()
    {
        Gate.Configs.Save(Config("Deploy"));
        var stored = await Stored("Deploy");
        stored["ours"] = "put";

        Assert.Equal("put", (string?)(await Client.Put($"/pipelines/{stored["id"]}", stored.DeepClone())).Object["ours"]);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Put("/pipelines/nobody", stored.DeepClone())).Status);
    }

    [Fact]
    public async Task Move_renames_and_delete_deletes()
    {
        Gate.Configs.Save(Config("Old"));
        await Client.Post("/pipelines/move", new JsonObject { ["application"] = "shop", ["from"] = "Old", ["to"] = "New" });

        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get("/applications/shop/pipelineConfigs/Old")).Status);
        Assert.Equal("New", (string?)(await Stored("New"))["name"]);
        Assert.Equal(HttpStatusCode.OK, (await Client.Delete("/pipelines/shop/New")).Status);
        Assert.Empty((await Client.Get("/applications/shop/pipelineConfigs")).Array);
    }

    [Fact]
    public async Task Many_are_saved_at_once_and_the_failed_ones_told()
    {
        Gate.Configs.Save(Config("A"));
        var answer = (await Client.Post("/pipelines/bulksave", new JsonArray(Config("A"), Config("B")))).Object;

        Assert.Equal((1, 1), ((int)answer["successful_pipelines_count"]!, (int)answer["failed_pipelines_count"]!));
        Assert.Equal("B", (string?)answer["successful_pipelines"]![0]);
    }

    [Fact]
    public async Task Lists_are_filtered_by_name()
    {
        Gate.Configs.Save(Config("Deploy"));
        Gate.Configs.Save(Config("Bake"));

        Assert.Equal("Bake", (string?)(await Client.Get("/applications/shop/pipelineConfigs?pipelineNameFilter=bak")).Array.Single()!["name"]);
        Assert.Single((await Client.Get("/applications/shop/pipelineConfigs?pipelineLimit=1")).Array);
    }

    [Fact]
    public async Task A_new_application_is_listed_only_when_the_list_is_looked_through_again()
    {
        Assert.Single((await Client.Get("/applications")).Array);
        Gate.Configs.SaveApplication("fresh");

        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/applications/fresh")).Status);
        Assert.Single((await Client.Get("/applications")).Array);
        Gate.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await Client.Get("/applications")).Array.Count);
    }

    [Fact]
    public async Task An_application_shows_its_attributes_and_clusters()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");

        var shown = (await Client.Get("/applications/shop")).Object;
        Assert.Equal("owner@example.com", (string?)shown["attributes"]!["email"]);
        Assert.Equal("shop-prod", (string?)shown["clusters"]!["prod"]![0]!["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get("/applications/nobody")).Status);
        Assert.Equal("shop", (string?)(await Client.Get("/applications")).Array.Single()!["name"]);
    }
}
