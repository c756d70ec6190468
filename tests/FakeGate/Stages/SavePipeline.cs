using System.Text;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>Saves a pipeline config: as JSON, or as base64 of it, as Gate sends it.</summary>
internal sealed class SavePipeline : IStageType
{
    public string Name => "savePipeline";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("savePipeline", Save)];

    private static Result Save(Turn turn)
    {
        if (turn.Around.Faults.SaveFails is { } message)
            return Result.Fail("InjectedFailure", message);

        var config = turn.Context["pipeline"] switch
        {
            JsonObject given => given,
            JsonValue text => (JsonObject)JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text.GetValue<string>())))!,
            _ => throw new PlanningException("IllegalArgumentException", "pipeline context must be provided"),
        };
        var trouble = turn.Around.Configs.Save(config, turn.Context.Truth("staleCheck") ?? false, turn.Execution.User, turn.Now);
        return trouble is null
            ? new Result.Succeeded(Wire.Object(("notification.type", "savepipeline"), ("application", config["application"].Copy()), ("pipeline.name", config["name"].Copy())))
            : Result.Fail("SpinnakerHttpException", trouble);
    }
}
