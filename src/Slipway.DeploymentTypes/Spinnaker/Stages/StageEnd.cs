using Slipway.Contracts.Deployments;
using Slipway.Contracts.Versions;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Pipelines;
using Slipway.DeploymentTypes.Spinnaker.Planning;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>How a stage of an execution ended. Pure.</summary>
internal static class StageEnd
{
    private const int MostEvidence = 30;

    /// <summary>Null: it goes on.</summary>
    public static StageResult? Of(StageRun run, Execution execution, ExecutionStage stage, StageShown shown, SpinnakerTarget target) => stage.Status switch
    {
        { IsSkipped: true } => new StageResult.Succeeded { Shown = shown with { Note = "skipped in Spinnaker" } },
        { IsSucceeded: true } when Hidden(execution, stage) is { } hidden => Failure(stage, hidden, shown),
        { IsSucceeded: true } when Skipped(stage) is { } regions => Failure(stage, $"it silently did nothing in {regions}, where there was nothing to go back to", shown) with { Code = "region_skipped" },
        { IsSucceeded: true } => Succeeded(run, execution, stage, shown, target),
        { IsFailedButGoingOn: true } => new StageResult.Succeeded { Shown = shown with { Note = $"failed, and the pipeline goes on as it says: {Cause(execution, stage)}" } },
        { IsFailed: true } => Failed(execution, stage, shown),
        _ when !execution.Status.IsComplete => null,
        _ when execution.Status.IsSucceeded => new StageResult.Succeeded { Shown = shown with { Note = "the execution ended without it" } },
        _ => (OfExecution(execution) ?? Failed(execution, stage, shown)) with { Shown = shown },
    };

    /// <summary>Why an execution that is complete has not gone well. Null: it has.</summary>
    public static StageResult.Failed? OfExecution(Execution execution)
    {
        if (execution.Status.IsCanceled)
            return Canceled(execution);

        var broken = execution.TopStages.FirstOrDefault(stage => stage.Status.IsFailed) ?? execution.TopStages.FirstOrDefault(stage => Hidden(execution, stage) is not null);
        if (broken is not null)
            return Failure(broken, Cause(execution, broken), new());

        return execution.Status.IsSucceeded
            ? null
            : new("execution_failed", $"The execution ended as {execution.Status} in Spinnaker before any stage failed.");
    }

    private static StageResult.Failed Failed(Execution execution, ExecutionStage stage, StageShown shown)
    {
        if (Judgment.RejectedBy(stage) is { } by)
            return new("rejected", $"{by} rejected it in Spinnaker.") { Shown = shown };

        return stage.Status.IsCanceled && execution.CanceledBy is not null
            ? Canceled(execution) with { Shown = shown }
            : Failure(stage, Cause(execution, stage), shown) with { Evidence = Evidence(execution, stage) };
    }

    private static StageResult.Failed Canceled(Execution execution) => new(
        "cancelled_in_spinnaker",
        $"{execution.CanceledBy ?? "Somebody"} cancelled the execution in Spinnaker{(execution.CancellationReason is { } reason ? $": {reason}" : "")}.");

    private static StageResult.Failed Failure(ExecutionStage stage, string cause, StageShown shown) =>
        new(CodeOf(stage), $"{stage.Name} failed in Spinnaker: {cause.TrimEnd('.')}.") { Shown = shown };

    private static string CodeOf(ExecutionStage stage) => StageKinds.Of(stage.Type) switch
    {
        StageKinds.Bake => "bake_failed",
        StageKinds.Deploy => "deploy_failed",
        StageKinds.Canary => "canary_failed",
        StageKinds.Check => "check_failed",
        _ => "stage_failed",
    };

    /// <summary>The error of the deepest part that failed: parents only say that a child did.</summary>
    private static string Cause(Execution execution, ExecutionStage stage)
    {
        var failed = execution.Below(stage).Where(below => below.Stage.Status.IsFailed || below.Stage.Status.IsFailedButGoingOn).ToList();
        var told = failed.OrderByDescending(below => below.Depth).Select(below => below.Stage).Append(stage).FirstOrDefault(part => part.Errors.Count > 0);
        if (told is not null)
            return told == stage ? told.Errors[0] : $"{told.Errors[0]} ({told.Name})";

        return failed is [] ? $"it ended as {stage.Status}" : $"{failed[^1].Stage.Name} ended as {failed[^1].Stage.Status}";
    }

    /// <summary>Something below a stage that Spinnaker calls succeeded has failed all the same.</summary>
    private static string? Hidden(Execution execution, ExecutionStage stage) =>
        execution.Below(stage).Any(below => below.Stage.Status.IsFailed) ? Cause(execution, stage) : null;

    /// <summary>Spinnaker's rollback of a cluster passes over regions with fewer than two server groups, and still succeeds.</summary>
    private static string? Skipped(ExecutionStage stage)
    {
        if (stage.Type != "rollbackCluster" || stage.Context is not { } context)
            return null;

        var done = stage.Outputs.Field("rollbackTypes").Entries().Select(region => region.Name).ToHashSet(StringComparer.Ordinal);
        var skipped = context.Texts("regions").Where(region => !done.Contains(region)).ToList();
        return skipped is [] ? null : string.Join(", ", skipped);
    }

    private static List<string> Evidence(Execution execution, ExecutionStage stage) =>
    [
        .. execution.Below(stage).Select(below => below.Stage).Append(stage)
            .SelectMany(part => part.Errors.Select(error => $"{part.Name}: {error}"))
            .Distinct(StringComparer.Ordinal)
            .Take(MostEvidence),
    ];

    private static StageResult.Succeeded Succeeded(StageRun run, Execution execution, ExecutionStage stage, StageShown shown, SpinnakerTarget target) => new()
    {
        Shown = shown,
        References = run.Stage.Kind == StageKinds.Bake && target.Settings.Pipeline is null ? [.. Baked(execution, stage, target)] : [],
    };

    private static IEnumerable<ArtifactReference> Baked(Execution execution, ExecutionStage stage, SpinnakerTarget target)
    {
        var details = stage.Outputs.Items("deploymentDetails").Concat(execution.Below(stage).Select(below => below.Stage.Context).OfType<System.Text.Json.JsonElement>());
        foreach (var detail in details.Where(detail => detail.Text("region") is not null).DistinctBy(detail => detail.Text("region")))
        {
            if ((detail.Text("ami") ?? detail.Text("imageId")) is { } image)
            {
                yield return new()
                {
                    Kind = Images.KindOf(target),
                    Location = detail.Text("region")!,
                    Value = image,
                    Name = detail.Text("imageName") ?? detail.Text("amiName"),
                    Recipe = Images.Recipe(target),
                };
            }
        }
    }
}
