using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>Which image a deploy takes: one that is named, else what the nearest stage before found or baked for the region.</summary>
internal static class ImageChoice
{
    public static string? For(Turn turn, string region)
    {
        if (turn.Text("amiName") is { Length: > 0 } name)
            return name;

        if (turn.Text("imageId") is { Length: > 0 } id)
            return id;

        foreach (var above in turn.Execution.Ancestors(turn.Stage))
        {
            if (Fitting(above.Context.Objects("amiDetails"), region) is { } found)
                return found;

            if (above.Context.Text("ami") is { } ami && above.Context.Text("region") == region)
                return ami;

            if (Fitting(above.Outputs.Objects("deploymentDetails"), region) is { } baked)
                return baked;
        }

        return FromParents(turn.Execution.Trigger, region);
    }

    /// <summary>Pipelines that started this one, for child pipelines and strategies.</summary>
    private static string? FromParents(JsonObject trigger, string region)
    {
        for (var parent = trigger["parentExecution"] as JsonObject; parent is not null; parent = parent.Inner("trigger")["parentExecution"] as JsonObject)
        {
            foreach (var stage in parent.Objects("stages").Reverse())
            {
                if (Fitting(stage.Inner("outputs").Objects("deploymentDetails"), region) is { } found)
                    return found;
            }
        }

        return null;
    }

    private static string? Fitting(IEnumerable<JsonObject> details, string region) =>
        details.FirstOrDefault(detail => detail.Text("region") == region && detail.Text("imageId") is not null)?.Text("imageId");
}
