namespace Slipway.Chaos.Checking.Rules;

/// <summary>The events of a deployment are numbered from 1, each once, in the order in which they were stored; the first says that it was created.</summary>
internal sealed class EventsWithoutGaps : IRule
{
    public IEnumerable<Violation> Check(History history) => history.Deployments.SelectMany(Check);

    private static IEnumerable<Violation> Check(SeenDeployment deployment)
    {
        var events = deployment.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Sequence == i + 1)
                continue;

            yield return Found(deployment, $"event {i + 1} of {deployment.Id} has number {events[i].Sequence}");
            break;
        }

        for (var i = 1; i < events.Count; i++)
        {
            if (events[i].Id <= events[i - 1].Id)
                yield return Found(deployment, $"event {events[i].Sequence} of {deployment.Id} was stored before the one in front of it");
        }

        if (events.Count == 0 || events[0].Type != "created")
            yield return Found(deployment, $"{deployment.Id} does not begin with its creation");

        if (events.Count != deployment.Sequence)
            yield return Found(deployment, $"{deployment.Id} says {deployment.Sequence} events and has {events.Count}");
    }

    private static Violation Found(SeenDeployment deployment, string what) => new("events without gaps", what, [Evidence.Of(deployment)]);
}
