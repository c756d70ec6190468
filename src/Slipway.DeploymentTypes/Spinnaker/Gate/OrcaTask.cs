using System.Text.Json;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>One operation outside of a pipeline.</summary>
internal sealed class OrcaTask(JsonElement json)
{
    public string Id { get; } = json.Text("id") ?? "";

    /// <summary>The description it was started with.</summary>
    public string Name { get; } = json.Text("name") ?? "";

    public ExecutionStatus Status { get; } = ExecutionStatus.Parse(json.Text("status"));

    public IReadOnlyList<string> Errors =>
    [
        .. json.Items("variables").Where(variable => variable.Text("key") == "exception")
            .SelectMany(variable => variable.Field("value").Field("details").Items("errors"))
            .Where(error => error.ValueKind == JsonValueKind.String)
            .Select(error => error.GetString()!)
            .Concat(Stages.SelectMany(stage => stage.Errors))
            .Distinct(StringComparer.Ordinal),
    ];

    public IReadOnlyList<ExecutionStage> Stages => [.. json.Field("execution").Items("stages").Select(stage => new ExecutionStage(stage))];
}
