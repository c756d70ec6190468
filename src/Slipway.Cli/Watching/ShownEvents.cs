using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Watching;

/// <summary>What stages show of work that goes on outside, read from the deployment's events as they come: no request is needed for it.</summary>
internal sealed class ShownEvents
{
    private readonly List<string> stages = [];

    /// <summary>The name of the stage and what it shows now; null: the event says nothing of the kind.</summary>
    public (string Stage, StageShown Shown)? Read(DeploymentEvent happened)
    {
        if (happened.Data.ValueKind != JsonValueKind.Object)
            return null;

        // A plan is made again when its turn comes; the stages of a way back follow it.
        if (happened.Type is "created" or "started" && happened.Data.TryGetProperty("plan", out var plan))
        {
            stages.Clear();
            AddStages(plan);
        }
        else if (happened.Type == "rollbackStarted")
        {
            AddStages(happened.Data);
        }

        return happened.Data.TryGetProperty("shown", out var shown) && shown.ValueKind == JsonValueKind.Object
            && happened.Data.TryGetProperty("stage", out var index) && index.TryGetInt32(out var at) && at >= 0 && at < stages.Count
            && shown.Deserialize(ContractsJson.Default.StageShown) is { } now
            ? (stages[at], now)
            : null;
    }

    private void AddStages(JsonElement parent)
    {
        if (!parent.TryGetProperty("stages", out var list) || list.ValueKind != JsonValueKind.Array)
            return;

        foreach (var stage in list.EnumerateArray())
            stages.Add(stage.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "");
    }
}
