namespace Slipway.Chaos.Checking.Rules;

/// <summary>
/// A version starts only where a deployment of it has begun a stage with that instance, or where it was the target's (who was away gets it later).
/// On the disk lies only what a deployment was asked to bring.
/// </summary>
internal sealed class NothingRanWhereNobodyAsked : IRule
{
    private const string Name = "nothing ran where nobody asked";

    public IEnumerable<Violation> Check(History history)
    {
        var environments = history.Instances.ToDictionary(instance => instance.Name, instance => instance.Environment);
        return history.Folders.SelectMany(folder => Check(folder, [.. history.Deployments.Where(deployment =>
            deployment.Service == folder.Service && deployment.Environment == environments.GetValueOrDefault(folder.Instance))]));
    }

    private static IEnumerable<Violation> Check(SeenFolder folder, IReadOnlyList<SeenDeployment> deployments)
    {
        foreach (var version in folder.Starts.Append(folder.Current).OfType<string>().Distinct().Where(version => !MayRun(folder.Instance, version, deployments)))
        {
            yield return new(
                Name,
                $"{folder.Service} {version} ran on {folder.Instance}, where no deployment had brought it",
                [Evidence.Of(folder), .. deployments.Where(deployment => deployment.Version == version).Select(Evidence.Of)]);
        }

        foreach (var version in folder.Versions.Where(version => deployments.All(deployment => deployment.Version != version)))
            yield return new(Name, $"{folder.Service} {version} lies on {folder.Instance}, and no deployment is about it", [Evidence.Of(folder)]);
    }

    private static bool MayRun(string instance, string version, IEnumerable<SeenDeployment> deployments) =>
        deployments.Any(deployment => deployment.Version == version && (deployment.Status == "succeeded" || deployment.Reached(instance)));
}
