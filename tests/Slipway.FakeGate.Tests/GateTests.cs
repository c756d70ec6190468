using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Slipway.FakeGate.Tests;

/// <summary>One Gate with a stepped clock, an application <c>shop</c>, and a client.</summary>
public abstract class GateTests : IAsyncLifetime
{
    private protected Gate Gate { get; private set; } = null!;

    private protected Client Client { get; private set; } = null!;

    private protected virtual FakeGateOptions Options => new();

    public virtual async ValueTask InitializeAsync()
    {
        Gate = await Gate.StartAsync(Options with { Time = new FakeTimeProvider(new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero)) });
        Client = new(Gate.Url);
        Gate.Configs.SaveApplication("shop");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gate.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<string> Start(string pipeline, JsonObject? trigger = null) =>
        Reference(await Client.Post($"/pipelines/shop/{pipeline}", trigger));

    internal static string Reference(Answer answer) => ((string?)answer.Object["ref"] ?? throw new InvalidOperationException(answer.Text))["/pipelines/".Length..];

    private protected async Task<JsonObject> Read(string id) => (await Client.Get($"/pipelines/{id}")).Object;

    /// <summary>Time goes on in steps, so that everything has its turn in the order of a real run.</summary>
    private protected async Task<JsonObject> After(string id, TimeSpan time)
    {
        Gate.Advance(time);
        return await Read(id);
    }

    private protected void Save(string name, params JsonObject[] stages) => SaveWith(name, [], stages);

    private protected void SaveWith(string name, JsonObject more, params JsonObject[] stages)
    {
        var config = new JsonObject { ["application"] = "shop", ["name"] = name, ["stages"] = new JsonArray([.. stages]) };
        foreach (var (key, value) in more)
            config[key] = value?.DeepClone();

        Gate.Configs.Save(config);
    }

    private protected static JsonObject Stage(string type, string refId, string[]? after = null, JsonObject? context = null)
    {
        var stage = new JsonObject { ["type"] = type, ["name"] = $"{type} {refId}", ["refId"] = refId, ["requisiteStageRefIds"] = new JsonArray([.. (after ?? []).Select(name => (JsonNode)name)]) };
        foreach (var (key, value) in context ?? [])
            stage[key] = value?.DeepClone();

        return stage;
    }

    private protected static JsonObject Find(JsonObject execution, string refId) =>
        execution["stages"]!.AsArray().Select(stage => stage!.AsObject()).Single(stage => (string)stage["refId"]! == refId);

    private protected static string[] RefIds(JsonObject execution) => [.. execution["stages"]!.AsArray().Select(stage => (string)stage!["refId"]!)];

    private protected static string Status(JsonObject thing) => (string)thing["status"]!;
}
