namespace Slipway.Chaos.Checking.Rules;

/// <summary>What was seen once stays: no event changes or goes, and a terminal state never changes.</summary>
internal sealed class NothingIsTakenBack : IRule
{
    private const string Name = "nothing is taken back";

    public IEnumerable<Violation> Check(History history)
    {
        var byId = history.Deployments.ToDictionary(deployment => deployment.Id);
        return history.Sightings.GroupBy(sighting => sighting.Deployment).SelectMany(seen =>
            byId.TryGetValue(seen.Key, out var deployment)
                ? Check(deployment, [.. seen])
                : [new(Name, $"{seen.Key} was seen and does not exist", [])]);
    }

    private static IEnumerable<Violation> Check(SeenDeployment deployment, IReadOnlyList<Sighting> sightings)
    {
        if (sightings.FirstOrDefault(sighting => SeenDeployment.IsTerminalStatus(sighting.Status)) is { } end && end.Status != deployment.Status)
            yield return Found(deployment, $"{deployment.Id} was {end.Status} at {end.At:HH:mm:ss.fff} and is {deployment.Status}");

        var highest = 0L;
        foreach (var sighting in sightings.Append(new() { At = default, Deployment = deployment.Id, Status = deployment.Status, Sequence = deployment.Sequence }))
        {
            if (sighting.Sequence < highest)
                yield return Found(deployment, $"{deployment.Id} had {highest} events, and later {sighting.Sequence}");
            highest = Math.Max(highest, sighting.Sequence);
        }

        foreach (var seen in sightings.SelectMany(sighting => sighting.Events))
        {
            if (deployment.Events.FirstOrDefault(happened => happened.Sequence == seen.Sequence) is not { } now || now != seen)
                yield return Found(deployment, $"event {seen.Sequence} of {deployment.Id} was {seen.Type} and is not any more");
        }
    }

    private static Violation Found(SeenDeployment deployment, string what) => new(Name, what, [Evidence.Of(deployment)]);
}
