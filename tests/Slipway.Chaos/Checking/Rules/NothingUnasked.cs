namespace Slipway.Chaos.Checking.Rules;

/// <summary>Every deployment was asked for by somebody.</summary>
internal sealed class NothingUnasked : IRule
{
    public IEnumerable<Violation> Check(History history)
    {
        var keys = history.Asked.Where(asked => asked.Creates).Select(asked => asked.Key).ToHashSet();
        return history.Deployments
            .Where(deployment => deployment.Reason is null || !keys.Contains(deployment.Reason))
            .Select(deployment => new Violation("nothing unasked", $"nobody asked for {deployment.Id}", [Evidence.Of(deployment)]));
    }
}
