namespace Slipway.Chaos.Checking.Rules;

/// <summary>
/// Every instance runs what its target says, or says why not; API, disk and processes agree about it, and it is one version.
/// Where a deployment failed and was left as it is, its own version may run where it came to.
/// </summary>
internal sealed class InstancesRunTheirTarget : IRule
{
    public IEnumerable<Violation> Check(History history)
    {
        var folders = history.Folders.ToDictionary(folder => (folder.Instance, folder.Service));
        return
            from instance in history.Instances
            from service in instance.Services
            let folder = folders.GetValueOrDefault((instance.Name, service.Service))
            let target = history.Targets.FirstOrDefault(target => target.Service == service.Service && target.Environment == instance.Environment)
            let last = history.Deployments.LastOrDefault(deployment =>
                deployment.Service == service.Service && deployment.Environment == instance.Environment && deployment.Activations.Any(stage => deployment.Began(stage.Number)))
            from what in Wrong(instance, service, folder, target?.Version, last)
            select new Violation(
                "instances run their target",
                $"{service.Service} on {instance.Name}: {what}",
                [$"the target: {target?.Version ?? "nothing"}", Evidence.Of(service), Evidence.Of(folder), .. last is null ? [] : new[] { Evidence.Of(last) }]);
    }

    private static IEnumerable<string> Wrong(SeenInstance instance, SeenService service, SeenFolder? folder, string? wanted, SeenDeployment? last)
    {
        if (!instance.Connected)
            yield return "not connected";

        var processes = folder?.Processes ?? [];
        if (processes.Count > 1)
            yield return $"{processes.Count} processes at once";

        if (service.State != "healthy")
        {
            if (wanted is not null && service.Reason is null)
                yield return $"{service.State}, and nothing says why";
            yield break;
        }

        if (service.Running != folder?.Current)
            yield return $"the API says {service.Running}, the disk {folder?.Current ?? "nothing"}";

        if (processes is not [var process] || process != service.Running)
            yield return $"the API says {service.Running}, the processes are {string.Join(' ', processes.DefaultIfEmpty("none"))}";

        if (service.Running != wanted && !(last is { Status: "failed" } && last.Version == service.Running && last.Reached(instance.Name)))
            yield return $"runs {service.Running} and should run {wanted ?? "nothing"}";
    }
}
