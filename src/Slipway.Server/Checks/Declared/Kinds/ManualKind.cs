using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>A question to a person, as an approval of the stage.</summary>
internal sealed class ManualKind : ICheckKind
{
    public bool Is(CheckDefinition check) => check.Manual is not null;

    public string Describe(CheckDefinition check) => $"Wait for an answer: {check.Manual!.Question}";

    public Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation) => Task.FromResult(Answer(call));

    private static StageResult Answer(CheckCall call)
    {
        var question = call.Check.Manual!.Question;
        if (call.Run.Answer is { } answer)
            return OfAnswer(answer, question);

        return call.Now >= call.TimesOutAt
            ? call.TimedOut($"nobody has answered \"{Told.Short(question)}\"")
            : new StageResult.Waiting(call.TimesOutAt - call.Now)
            {
                Note = "waiting for an answer",
                Shown = new() { Note = "Waiting for an answer", Question = new() { Text = question } },
            };
    }

    private static StageResult OfAnswer(ApprovalAnswer answer, string question)
    {
        var because = answer.Reason is { Length: > 0 } reason ? $": {Told.Short(reason)}" : "";
        return answer.Approved
            ? new StageResult.Succeeded { Shown = new() { Note = $"{answer.By} approved{because}" } }
            : new StageResult.Failed("check_failed", $"{answer.By} said no to \"{Told.Short(question)}\"{because}.");
    }
}
