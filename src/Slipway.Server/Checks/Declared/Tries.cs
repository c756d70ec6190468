using System.Globalization;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared;

/// <summary>Asks when it is time to, and shows what came.</summary>
internal static class Tries
{
    private const int Shown = 10;

    /// <param name="ask">Given the number of the try, from 1.</param>
    public static async Task<StageResult> RunAsync(CheckCall call, Func<int, Task<Finding>> ask)
    {
        var memory = TryMemory.Of(call.Run.Memory);
        if (memory.NextAt is { } next && next > call.Now)
            return new StageResult.Waiting(next - call.Now) { Note = call.Run.Shown?.Note };

        var finding = await ask(memory.Tries + 1);
        var decision = TryRules.After(memory, finding, call.Check, call.Run.StartedAt, call.Now);
        var shown = call.Show(Told.Short(finding.Said)) with { Steps = Steps(call, decision.Memory.Tries, finding) };
        return decision switch
        {
            Decision.Passed => new StageResult.Succeeded { Shown = shown },
            Decision.Failed failed => Failed(failed, failed.Found as Finding.Fail) with { Shown = shown },
            Decision.Again again => new StageResult.Waiting(again.Memory.NextAt!.Value - call.Now) { Memory = again.Memory.Write(), Note = finding.Said, Shown = shown },
            _ => throw new InvalidOperationException($"Unknown decision {decision.GetType().Name}."),
        };
    }

    private static StageResult.Failed Failed(Decision.Failed decision, Finding.Fail? found) =>
        new(decision.Code, decision.Reason + ".") { Evidence = found?.Evidence ?? [], Instance = found?.Instance };

    /// <summary>The last few.</summary>
    private static IReadOnlyList<StageStep> Steps(CheckCall call, int number, Finding finding)
    {
        var step = new StageStep
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"try {number}"),
            Status = finding switch
            {
                Finding.Pass => StageStatus.Succeeded,
                Finding.Fail => StageStatus.Failed,
                _ => StageStatus.Skipped,
            },
            StartedAt = call.Now,
            Note = Told.Short(finding.Said),
        };
        return [.. (call.Run.Shown?.Steps ?? []).TakeLast(Shown - 1), step];
    }
}
