using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

internal sealed class Wait : IStageType
{
    public string Name => "wait";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("wait", Look)];

    private static Result Look(Turn turn)
    {
        if (turn.Context.Truth("skipRemainingWait") == true)
            return Result.Done;

        var left = TimeSpan.FromSeconds(turn.Context.Number("waitTime") ?? 0) - turn.Elapsed;
        return left <= TimeSpan.Zero ? Result.Done : new Result.Again(left);
    }
}
