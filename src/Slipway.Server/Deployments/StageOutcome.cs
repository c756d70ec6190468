using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;
using Slipway.Server.Engine;

namespace Slipway.Server.Deployments;

/// <summary>What a stage's answer means for the deployment. Pure.</summary>
internal static class StageOutcome
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    /// <param name="deadline">When the stage's time is over; later than its own after a restart, so that agents can come back first.</param>
    public static IReadOnlyList<DeploymentFact> Facts(DeploymentState state, int index, StageResult result, DateTimeOffset now, DateTimeOffset deadline)
    {
        var stage = state.Stages[index];
        return result switch
        {
            StageResult.Succeeded done => [new StageSucceeded(index, done.Output, Changed(done.Shown, stage)) { References = done.References }],
            StageResult.Failed failed => [new StageFailed(index, new()
            {
                Stage = stage.Plan.Name,
                Code = failed.Code,
                Reason = failed.Reason,
                Instance = failed.Instance,
                Evidence = failed.Evidence,
            }, Changed(failed.Shown, stage))],
            StageResult.Waiting waiting when now >= deadline => [TimedOut(index, stage, waiting.Note)],
            StageResult.Waiting => Noted(index, stage, result),
            StageResult.Paused paused when state.Status != DeploymentStatus.Paused => [.. Noted(index, stage, result), new Paused(paused.By)],
            StageResult.Paused => Noted(index, stage, result),
            StageResult.Resumed resumed => [.. Noted(index, stage, result), new Resumed(resumed.By)],
            StageResult.Errored errored when now >= deadline => [TimedOut(index, stage, errored.Cause)],
            StageResult.Errored errored => [new StageErrored(index, errored.Cause, Earlier(now + BackOff(stage.Errors), deadline), errored.Memory)],
            _ => throw new InvalidOperationException($"Unknown stage result {result.GetType().Name}."),
        };
    }

    /// <summary>0.5 s, doubling, at most 30 s.</summary>
    public static TimeSpan BackOff(int errors) =>
        TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(errors, 10))));

    private static DeploymentFact[] Noted(int index, StageState stage, StageResult result)
    {
        var memory = result.Memory is { } said && !IsSame(said, stage) ? said : (System.Text.Json.JsonElement?)null;
        var shown = Changed(result.Shown, stage);
        return memory is null && shown is null ? [] : [new StageNoted(index, memory, shown)];
    }

    /// <summary>Null: it shows what it showed.</summary>
    private static StageShown? Changed(StageShown? shown, StageState stage) =>
        shown is not null && (stage.Shown is not { } before || EngineJson.Write(before) != EngineJson.Write(shown)) ? shown : null;

    private static DateTimeOffset Earlier(DateTimeOffset first, DateTimeOffset second) => first < second ? first : second;

    private static bool IsSame(System.Text.Json.JsonElement memory, StageState stage) =>
        stage.Memory is { } known && System.Text.Json.JsonElement.DeepEquals(memory, known);

    private static StageFailed TimedOut(int index, StageState stage, string? note) => new(index, new()
    {
        Stage = stage.Plan.Name,
        Code = "deadline",
        Reason = $"{stage.Plan.Name} was not done within {stage.Plan.Deadline}{(note is null ? "" : ": " + note)}.",
    });
}
