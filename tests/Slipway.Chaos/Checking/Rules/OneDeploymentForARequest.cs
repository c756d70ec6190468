namespace Slipway.Chaos.Checking.Rules;

/// <summary>
/// However often a request is repeated, there is one deployment of it, and its answers name it. A request that was refused had no effect.
/// The key stands in the reason, so an effect is found also where its answer was lost.
/// </summary>
internal sealed class OneDeploymentForARequest : IRule
{
    private const string Name = "one deployment for a request";

    public IEnumerable<Violation> Check(History history)
    {
        var byId = history.Deployments.ToDictionary(deployment => deployment.Id);
        var byKey = history.Deployments.SelectMany(Keys).ToLookup(pair => pair.Key, pair => pair.Deployment);
        return history.Asked.Where(asked => asked.Creates).SelectMany(asked => Check(asked, byId, [.. byKey[asked.Key].Distinct()]));
    }

    /// <summary>The requests whose effect a deployment shows: the one that made it, and those that took it back.</summary>
    private static IEnumerable<(string Key, SeenDeployment Deployment)> Keys(SeenDeployment deployment) => deployment.Events
        .Where(happened => happened.Type == "rollbackRequested")
        .Select(happened => happened.Reason)
        .Prepend(deployment.Reason)
        .Where(key => key is not null)
        .Select(key => (key!, deployment));

    private static IEnumerable<Violation> Check(Asked asked, Dictionary<string, SeenDeployment> byId, SeenDeployment[] effects)
    {
        string[] accepted = [.. asked.Accepted.Distinct()];
        if (accepted.Length > 1)
            yield return Found(asked, $"the same key was answered with {string.Join(" and ", accepted)}", effects);

        if (effects.Length > 1)
            yield return Found(asked, $"one request had an effect on {effects.Length} deployments", effects);

        if (asked.IsRefused && effects.Length > 0)
            yield return Found(asked, $"refused, and yet {effects[0].Id} is there", effects);

        if (asked.Attempts.FirstOrDefault(attempt => attempt.IsEmpty) is { } empty)
            yield return Found(asked, $"answered with {empty.Status} and without the deployment", effects);

        foreach (var id in accepted)
        {
            if (!byId.TryGetValue(id, out var deployment))
                yield return Found(asked, $"{id} was accepted and does not exist", effects);
            else if (deployment.Service != asked.Service || deployment.Environment != asked.Environment || (asked.Version is { } version && deployment.Version != version))
                yield return Found(asked, $"the answer names {id}, which is about something else", [deployment]);
            else if (asked.Verb != Verb.Rollback && deployment.Reason != asked.Key)
                yield return Found(asked, $"the answer names {id}, which another request made", [deployment]);
        }
    }

    private static Violation Found(Asked asked, string what, SeenDeployment[] effects) =>
        new(Name, what, [Evidence.Of(asked), .. effects.Select(Evidence.Of)]);
}
