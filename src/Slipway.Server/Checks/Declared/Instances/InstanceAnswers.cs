using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Checks.Declared.Instances;

/// <summary>What instances answered -> what the try found. Pure.</summary>
internal static class InstanceAnswers
{
    private const int EvidenceLines = 20;

    /// <param name="answers">Null: none came.</param>
    public static Finding Judge(string command, IReadOnlyList<(InstanceName Instance, CommandEnded? Ended)> answers)
    {
        var name = Told.Short(command);
        if (answers.Count == 0)
            return new Finding.Inconclusive("no instance was changed by this deployment");

        var bad = answers.Where(answer => answer.Ended is { Code: not 0 } or { Trouble.Length: > 0 }).ToList();
        if (bad is [(var first, { } ended), ..])
        {
            var others = bad.Count == 1 ? "" : $" (and {bad.Count - 1} more failed)";
            return ended.Trouble.Length > 0
                ? new Finding.Fail($"{name}: {first} {Told.Short(ended.Trouble.TrimEnd('.'))}{others}") { Instance = first }
                : new Finding.Fail($"{name} ended with {ended.Code} on {first}, expected 0{Last(ended)}{others}") { Instance = first, Evidence = Lines(ended, EvidenceLines) };
        }

        var silent = answers.Where(answer => answer.Ended is null).Select(answer => answer.Instance).ToList();
        if (silent is [var away, ..])
            return new Finding.Inconclusive($"{away}{(silent.Count == 1 ? "" : $" and {silent.Count - 1} more")} did not answer");

        return new Finding.Pass($"{name} ended with 0 on {(answers.Count == 1 ? answers[0].Instance.Value : $"{answers.Count} instances")}");
    }

    private static string Last(CommandEnded ended) => Lines(ended, 1) is [var line] ? $": {line}" : "";

    private static IReadOnlyList<string> Lines(CommandEnded ended, int most) => Told.Lines(string.Join('\n', ended.Output), most);
}
