using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>Waits until somebody says continue or stop. One without a required role has said nothing.</summary>
internal sealed class ManualJudgment : IStageType
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    public string Name => "manualJudgment";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("waitForJudgment", Look)];

    private static Result Look(Turn turn)
    {
        var said = turn.Text("judgmentStatus")?.ToUpperInvariant() ?? "";
        if (said is "CONTINUE" or "STOP" && !MayJudge(turn))
            return turn.Again(Wire.Object(("judgmentStatus", "")));

        return said switch
        {
            "CONTINUE" => new Result.Succeeded(),
            "STOP" => new Result.Failed(null),
            _ when turn.Elapsed > Patience && turn.Context["stageTimeoutMs"] is null => Result.Fail("TimeoutException", $"waitForJudgment of stage {turn.Stage.Name} timed out after 3 days"),
            _ => turn.Again(),
        };
    }

    private static bool MayJudge(Turn turn)
    {
        IReadOnlyList<string> needed = [.. turn.Context.List("selectedStageRoles"), .. turn.Context.List("requiredJudgmentRoles")];
        return needed.Count == 0 || needed.Intersect(turn.Around.Roles(turn.Stage.LastModified?.User)).Any();
    }
}
