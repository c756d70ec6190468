using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Observing;
using Slipway.DeploymentTypes.Spinnaker.Planning;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>
/// The fast lane: in every region Spinnaker's own rollback to the server group of the wanted version. Named explicitly for each region, because the
/// rollback of a whole cluster passes over regions in silence, and looked at afterwards.
/// </summary>
internal sealed class WayBackStage(StageRun run, SpinnakerTarget target, Installation installation)
{
    /// <summary>Clouddriver's view may be this late (twelve minutes were seen in the field) before a task that succeeded is not believed.</summary>
    private static readonly TimeSpan LatestView = TimeSpan.FromMinutes(15);

    private WayBackMemory memory = WayBackMemory.Read(run.Memory);

    public async Task<StageResult> RunAsync(CancellationToken cancellation)
    {
        if (await FindLostTasksAsync(cancellation) is { } failed)
            return failed;

        var steps = await StepsAsync(cancellation);
        if (steps.Values.OfType<WayBackStep.Impossible>().FirstOrDefault() is { } impossible)
            return new StageResult.Failed("no_way_back", $"There is no fast way back: {impossible.Reason} Deploy {Wanted} again on purpose.");

        var open = steps.Where(step => step.Value is not WayBackStep.Done).ToDictionary(StringComparer.Ordinal);
        if (open.Count == 0)
            return new StageResult.Succeeded { Shown = Show(steps, []) };

        foreach (var (region, step) in open.Where(step => !memory.Tasks.ContainsKey(step.Key)))
        {
            var task = WayBackTasks.Of(target, region.Split('/')[0], Key(region), step);
            memory = memory.With(region, await installation.CallAsync((gate, token) => gate.StartTaskAsync(task, token), cancellation));

            // Stored before the next is started; after a crash the one that is not stored is found by its mark.
            return Waiting(Show(steps, []), TimeSpan.Zero);
        }

        return await FollowAsync(steps, open, cancellation);
    }

    private VersionName? Wanted => run.IsRollback ? run.Previous?.Version : run.Release.Version;

    private string Key(string region) => region.Contains('/', StringComparison.Ordinal) ? $"{run.Key} {region.Split('/')[1]}" : run.Key;

    private async Task<StageResult> FollowAsync(IReadOnlyDictionary<string, WayBackStep> steps, IReadOnlyDictionary<string, WayBackStep> open, CancellationToken cancellation)
    {
        var tasks = new List<(string Region, OrcaTask Task)>();
        foreach (var region in open.Keys)
        {
            var id = memory.Tasks[region];
            if (await installation.CallAsync((gate, token) => gate.TaskAsync(id, token), cancellation) is { } task)
                tasks.Add((region, task));
        }

        var shown = Show(steps, tasks);
        var broken = tasks.FirstOrDefault(entry => entry.Task.Status is { IsFailed: true } or { IsFailedButGoingOn: true });
        if (broken.Task is not null)
        {
            var errors = broken.Task.Errors;
            return new StageResult.Failed("rollback_failed", $"Spinnaker could not go back in {broken.Region}: {(errors.Count > 0 ? errors[0].TrimEnd('.') : $"the task ended as {broken.Task.Status}")}.")
            {
                Evidence = errors,
                Shown = shown,
            };
        }

        if (tasks.Count < open.Count || tasks.Exists(entry => !entry.Task.Status.IsComplete))
            return Waiting(shown, Pace.Next(installation, run));

        memory = memory.EndedAt is null ? memory with { EndedAt = run.Now } : memory;
        return run.Now - memory.EndedAt > LatestView
            ? new StageResult.Failed("rollback_not_seen", $"Spinnaker says it has gone back, but its view of {string.Join(", ", open.Keys)} does not show it after {LatestView.TotalMinutes:0} minutes.") { Shown = shown }
            : Waiting(shown with { Note = "Spinnaker has done it; waiting for its view to show it" }, installation.Interval);
    }

    /// <summary>A task whose id nobody has stored, because a process died in between.</summary>
    private async Task<StageResult?> FindLostTasksAsync(CancellationToken cancellation)
    {
        if (run.Memory is not null && memory.EndedAt is not null)
            return null;

        var tasks = await installation.CallAsync((gate, token) => gate.TasksAsync(target.Application, 50, token), cancellation);
        foreach (var task in tasks)
        {
            foreach (var region in target.Settings.Regions.Concat(target.Settings.Regions.Select(region => $"{region}/canary")).Where(region => !memory.Tasks.ContainsKey(region)))
            {
                if (task.Name.StartsWith(WayBackTasks.Mark(Key(region), region.Split('/')[0]), StringComparison.Ordinal))
                    memory = memory.With(region, task.Id);
            }
        }

        return null;
    }

    private async Task<IReadOnlyDictionary<string, WayBackStep>> StepsAsync(CancellationToken cancellation)
    {
        var references = run.IsRollback ? run.PreviousReferences : run.References;
        var versions = new GroupVersions(target, installation, references.Select(reference => (reference.Value, Wanted)).DistinctBy(pair => pair.Value).ToDictionary(pair => pair.Value, pair => pair.Wanted!.Value));
        var groups = await installation.CallAsync((gate, token) => gate.ServerGroupsAsync(target.Application, [(target.Account, target.Cluster)], token), cancellation);
        var known = await versions.OfAsync(groups, cancellation);
        var steps = new Dictionary<string, WayBackStep>(StringComparer.Ordinal);
        foreach (var region in target.Settings.Regions)
        {
            var image = references.FirstOrDefault(reference => reference.Kind == Images.KindOf(target) && reference.Location == region);
            steps[region] = WayBackStep.Of(
                region,
                [.. known.Where(entry => entry.Group.Region == region)],
                Wanted,
                run.IsRollback ? run.Deployment : null,
                image is null ? null : (image.Value, image.Name));
        }

        if (run.IsRollback)
            await AddCanariesAsync(steps, cancellation);

        return steps;
    }

    /// <summary>What the deployment made beside the cluster goes.</summary>
    private async Task AddCanariesAsync(Dictionary<string, WayBackStep> steps, CancellationToken cancellation)
    {
        var canaries = await installation.CallAsync((gate, token) => gate.ServerGroupsAsync(target.Application, [(target.Account, target.CanaryCluster)], token), cancellation);
        foreach (var canary in canaries.Where(group => group.Tag(SpinnakerTarget.DeploymentTag) == run.Deployment.Value))
            steps[$"{canary.Region}/canary"] = new WayBackStep.Remove(canary);
    }

    private StageResult.Waiting Waiting(StageShown shown, TimeSpan again) => new(again) { Note = shown.Note, Shown = shown, Memory = memory.Write() };

    private static StageShown Show(IReadOnlyDictionary<string, WayBackStep> steps, IReadOnlyList<(string Region, OrcaTask Task)> tasks) => new()
    {
        Steps =
        [
            .. steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step =>
            {
                var task = tasks.FirstOrDefault(entry => entry.Region == step.Key).Task;
                return new StageStep
                {
                    Name = Says(step.Key, step.Value),
                    Status = step.Value is WayBackStep.Done ? StageStatus.Succeeded : task is null ? StageStatus.Pending : StageView.StatusOf(task.Status),
                    Note = task?.Stages.LastOrDefault(stage => stage.Status.HasStarted)?.Name,
                };
            }),
        ],
    };

    private static string Says(string region, WayBackStep step) => step switch
    {
        WayBackStep.Done done => done.Says,
        WayBackStep.Exchange exchange => $"{region}: {exchange.Restore.Name} instead of {exchange.Leave.Name}",
        WayBackStep.Remake remake => $"{region}: {remake.Image} instead of {remake.Leave.Name}",
        WayBackStep.Enable enable => $"{region}: traffic for {enable.Restore.Name}",
        WayBackStep.Remove remove => $"{region}: {remove.Group.Name} goes",
        WayBackStep.Impossible impossible => impossible.Reason,
        _ => region,
    };
}
