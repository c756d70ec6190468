using Slipway.Contracts.Services;

namespace Slipway.Chaos.Checking.Rules;

/// <summary>
/// Batch after batch: none begins before the last one has succeeded, none after one has failed, and the first is no larger than was asked.
/// A version that is never healthy comes to the first batch alone.
/// </summary>
internal sealed class FailuresStayInTheFirstBatch : IRule
{
    public IEnumerable<Violation> Check(History history)
    {
        var kinds = history.Wares.ToDictionary(ware => (ware.Service, ware.Version), ware => ware.Kind);
        return history.Deployments.SelectMany(deployment => Wrong(deployment, kinds.GetValueOrDefault((deployment.Service, deployment.Version)))
            .Select(what => new Violation("failures stay in the first batch", $"{deployment.Id}: {what}", [Evidence.Of(deployment)])));
    }

    private static IEnumerable<string> Wrong(SeenDeployment deployment, WareKind kind)
    {
        (int Number, SeenStage Stage)[] activations = [.. deployment.Activations];
        if (activations.Length > 0 && AtMost(deployment.Strategy, activations.SelectMany(pair => pair.Stage.Instances).Distinct().Count()) is { } most && activations[0].Stage.Instances.Count > most)
            yield return $"the first batch has {activations[0].Stage.Instances.Count} instances, {most} were asked for";

        var succeeded = new HashSet<int>();
        var failed = (int?)null;
        foreach (var happened in deployment.Events.Where(happened => activations.Any(pair => pair.Number == happened.Stage)))
        {
            if (happened.Type == "stageSucceeded")
                succeeded.Add(happened.Stage!.Value);
            else if (happened.Type == "stageFailed")
                failed = happened.Stage;

            if (happened.Type != "stageStarted")
                continue;

            if (failed is not null)
                yield return $"{deployment.Stages[happened.Stage!.Value].Name} began after {deployment.Stages[failed.Value].Name} had failed";
            else if (activations.Any(pair => pair.Number < happened.Stage && !succeeded.Contains(pair.Number)))
                yield return $"{deployment.Stages[happened.Stage!.Value].Name} began before the batch in front of it had succeeded";
        }

        if (kind == WareKind.NeverHealthy && succeeded.Count > 0)
            yield return $"{deployment.Version} is never healthy, and {deployment.Stages[succeeded.Min()].Name} succeeded with it";
    }

    private static int? AtMost(Strategy? strategy, int instances) => strategy switch
    {
        Canary { Steps: [var first, ..] } => first.Instances.Of(instances),
        Canary canary => canary.Batch.Of(instances),
        Rolling rolling => rolling.Batch.Of(instances),
        _ => null,
    };
}
