namespace Slipway.Chaos.Checking.Rules;

/// <summary>Every deployment ends, once, and nothing happens to it afterwards.</summary>
internal sealed class OneEndForADeployment : IRule
{
    public IEnumerable<Violation> Check(History history) => history.Deployments.SelectMany(Check);

    private static IEnumerable<Violation> Check(SeenDeployment deployment)
    {
        var ends = deployment.Events.Where(happened => happened.Type == "finished").ToList();
        if (!deployment.IsTerminal)
            yield return Found(deployment, $"{deployment.Id} is still {deployment.Status}");
        else if (ends.Count == 0)
            yield return Found(deployment, $"{deployment.Id} is {deployment.Status}, and no event says so");

        if (ends.Count > 1)
            yield return Found(deployment, $"{deployment.Id} ended {ends.Count} times");

        if (ends.Count > 0 && deployment.Events[^1].Type != "finished")
            yield return Found(deployment, $"{deployment.Events[^1].Type} happened to {deployment.Id} after its end");

        if (ends.Count > 0 && ends[^1].Status != deployment.Status)
            yield return Found(deployment, $"{deployment.Id} is {deployment.Status}, and its last event says {ends[^1].Status}");
    }

    private static Violation Found(SeenDeployment deployment, string what) => new("one end for a deployment", what, [Evidence.Of(deployment)]);
}
