using System.Text.Json;
using Slipway.Chaos.Checking;
using Slipway.Contracts.Deployments;

namespace Slipway.Chaos.Client;

/// <summary>What the API says, in the checker's own words.</summary>
internal static class Seen
{
    public static SeenDeployment Of(Deployment deployment) => new()
    {
        Id = deployment.Id.Value,
        Service = deployment.Service.Value,
        Environment = deployment.Environment.Value,
        Version = deployment.Version.Value,
        Status = JsonNamingPolicy.CamelCase.ConvertName(deployment.Status.ToString()),
        Sequence = deployment.Sequence,
        Strategy = deployment.Strategy,
        Reason = deployment.Reason,
        Failure = deployment.Failure?.Reason,
        Stages = [.. deployment.Plan.Stages.Select(Of)],
    };

    public static SeenDeployment With(this SeenDeployment deployment, IReadOnlyList<DeploymentEvent> events) => deployment with
    {
        Events = [.. events.Select(Of)],
        Stages = [.. deployment.Stages, .. events.Where(happened => happened.Type == "rollbackStarted").SelectMany(StagesBack)],
    };

    public static SeenEvent Of(DeploymentEvent happened) => new(
        happened.Sequence,
        happened.Id,
        happened.Type,
        happened.Data.TryGetProperty("stage", out var stage) && stage.ValueKind == JsonValueKind.Number ? stage.GetInt32() : null,
        Text(happened, "status"),
        Text(happened, "reason"));

    private static SeenStage Of(PlannedStage stage) => new(stage.Name, stage.Kind, [.. stage.Instances.Select(instance => instance.Value)]);

    private static IEnumerable<SeenStage> StagesBack(DeploymentEvent happened) => happened.Data.GetProperty("stages").EnumerateArray().Select(stage => new SeenStage(
        stage.GetProperty("name").GetString()!,
        stage.GetProperty("kind").GetString()!,
        [.. stage.GetProperty("instances").EnumerateArray().Select(instance => instance.GetString()!)]));

    private static string? Text(DeploymentEvent happened, string name) =>
        happened.Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
