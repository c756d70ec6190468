namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>Stages after those that they wait for. Spinnaker's lists are not in that order.</summary>
internal static class StageOrder
{
    /// <summary>Keeps the given order among stages that do not wait for each other; what waits for itself comes last.</summary>
    public static IReadOnlyList<T> Sort<T>(IEnumerable<T> stages, Func<T, string> refId, Func<T, IEnumerable<string>> after)
    {
        var open = stages.ToList();
        var known = open.Select(refId).ToHashSet(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var sorted = new List<T>(open.Count);
        while (open.Count > 0)
        {
            var next = open.FindIndex(stage => after(stage).All(other => done.Contains(other) || !known.Contains(other)));
            next = Math.Max(next, 0);
            done.Add(refId(open[next]));
            sorted.Add(open[next]);
            open.RemoveAt(next);
        }

        return sorted;
    }
}
