using System.Text.Json.Nodes;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>A manual judgment as an approval: asked in Slipway, answered to Spinnaker, and read back, because Gate answers 200 to what it has not taken.</summary>
internal sealed class Judgment(StageRun run, Installation installation, FollowMemory memory)
{
    public static bool IsAsked(ExecutionStage stage) => stage.Type == "manualJudgment" && stage.Status.Name == "RUNNING";

    /// <summary>Who said no. Null: it was not that.</summary>
    public static string? RejectedBy(ExecutionStage stage) =>
        stage.Type == "manualJudgment" && stage.Context.Text("judgmentStatus") == "stop" ? stage.Context.Text("lastModifiedBy") ?? stage.LastModifiedBy ?? "Somebody" : null;

    public async Task<StageResult> AnswerAsync(Execution execution, ExecutionStage stage, StageShown shown, CancellationToken cancellation)
    {
        var asking = shown with { Question = Question(stage) };
        if (run.Answer is not { } answer)
            return Wait(asking, "waiting for an answer");

        var wanted = answer.Approved ? "continue" : "stop";
        if (stage.Context.Text("judgmentStatus") != wanted)
        {
            await installation.CallAsync((gate, token) => gate.PatchStageAsync(execution.Id, stage.Id, Patch(answer, wanted), token), cancellation);
            if (await HasTakenAsync(execution.Id, stage.Id, wanted, cancellation))
                return Wait(shown, null);

            var roles = Roles(stage);
            return Wait(shown, $"Spinnaker has not taken the answer{(roles is [] ? "" : $": it wants one of the roles {string.Join(", ", roles)}")}. Answer it there, or give Slipway's account the right", memory with { Answered = memory.Answered + 1 });
        }

        return Wait(shown, null);
    }

    private async Task<bool> HasTakenAsync(string execution, string stage, string wanted, CancellationToken cancellation) =>
        (await installation.Executions.ReadAgainAsync(execution, cancellation))?.Stages.FirstOrDefault(other => other.Id == stage) is { } now
        && (now.Status.IsComplete || now.Context.Text("judgmentStatus") == wanted);

    private StageResult.Waiting Wait(StageShown shown, string? note, FollowMemory? remember = null) => new(note is null ? installation.Interval / 2 : Pace.Next(installation, run))
    {
        Note = note,
        Shown = shown with { Note = note ?? shown.Note },
        Memory = remember?.Write(),
    };

    private static JsonObject Patch(ApprovalAnswer answer, string wanted)
    {
        var patch = new JsonObject { ["judgmentStatus"] = wanted };
        if (answer.Choice is { } choice)
            patch["judgmentInput"] = choice;

        return patch;
    }

    private static ApprovalQuestion Question(ExecutionStage stage) => new()
    {
        Text = stage.Context.Text("instructions") ?? $"{stage.Name}: go on?",
        Choices = [.. stage.Context.Items("judgmentInputs").Select(input => input.Text("value")).OfType<string>()],
        Roles = Roles(stage),
    };

    private static IReadOnlyList<string> Roles(ExecutionStage stage) =>
        stage.Context is { } context ? [.. context.Texts("selectedStageRoles").Concat(context.Texts("requiredJudgmentRoles")).Distinct(StringComparer.Ordinal)] : [];
}
