using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Server.Deployments;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Checks.Declared;

/// <summary>Where checks stand in a plan, and which check a stage is. Pure.</summary>
internal static class CheckPlan
{
    private const string Prefix = "check-";
    private const string PrepareKind = "prepare";

    /// <summary>No name of a check has one, so "a" after the first batch is never mistaken for "a-1".</summary>
    private const char BeforeBatch = '.';

    /// <summary>Above the check's own time: it says itself that its time is over, and better than the engine could.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    /// <summary>What the kinds of stages are called that change instances.</summary>
    private static readonly HashSet<string> Changing = ["activate", "restart", "deploy"];

    /// <summary>Null: there is none of that name.</summary>
    public static CheckDefinition? Find(ServiceDefinition definition, EnvironmentName environment, string stage) =>
        definition.ChecksIn(environment).FirstOrDefault(check => check.Name == NameOf(stage));

    public static IReadOnlyList<PlannedStage> Insert(IReadOnlyList<PlannedStage> stages, IReadOnlyList<CheckDefinition> checks, Func<CheckDefinition, string> describe)
    {
        var first = stages.TakeWhile(stage => stage.Kind == PrepareKind).Count();
        var batch = 0;
        var result = new List<PlannedStage>(stages.Take(first));
        result.AddRange(At(CheckMoment.Before, null));
        foreach (var stage in stages.Skip(first))
        {
            result.Add(stage);
            if (Changing.Contains(stage.Kind))
                result.AddRange(At(CheckMoment.During, ++batch));
        }

        result.AddRange(At(CheckMoment.After, null));
        return result;

        IEnumerable<PlannedStage> At(CheckMoment moment, int? after) =>
            checks.Where(check => check.When == moment).Select(check => Stage(check, after, describe(check)));
    }

    private static PlannedStage Stage(CheckDefinition check, int? batch, string description) => new()
    {
        Name = batch is { } number ? $"{Prefix}{check.Name}{BeforeBatch}{number}" : Prefix + check.Name,
        Kind = ICheckStages.Kind,
        Description = check.DryRun ? description + " (dry run: it is only shown)" : description,
        Deadline = new(check.TimeoutOrDefault + Margin),
        Wait = check.Wait,
    };

    private static string NameOf(string stage) => stage[Prefix.Length..].Split(BeforeBatch)[0];
}
