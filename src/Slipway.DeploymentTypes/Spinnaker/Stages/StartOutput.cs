using System.Text.Json;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Planning;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>What the start stage gives to all that follow: which execution it is.</summary>
internal static class StartOutput
{
    public static JsonElement Write(string execution) => JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["execution"] = execution });

    /// <summary>Null: nothing was started, or nobody knows yet.</summary>
    public static string? Read(IReadOnlyDictionary<string, JsonElement> outputs) =>
        outputs.TryGetValue(SpinnakerPlan.StartStage, out var output) ? output.Text("execution") : null;
}
