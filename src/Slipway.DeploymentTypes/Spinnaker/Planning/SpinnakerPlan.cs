using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Pipelines;

namespace Slipway.DeploymentTypes.Spinnaker.Planning;

/// <summary>From a request and what Spinnaker says to stages. Pure.</summary>
internal static class SpinnakerPlan
{
    public const string PipelineStage = "pipeline";
    public const string StartStage = "start";

    /// <summary>Slipway writes the pipeline, starts it and follows it.</summary>
    public static PlanResult Managed(SpinnakerTarget target, PlanRequest request, string installation)
    {
        if (StrategyNames.Refuse(request.Strategy) is { } refusal)
            return new PlanResult.Impossible("strategy_not_possible", refusal);

        var images = request.Rebuild ? null : Images.Find(target, request.References);
        var stages = PipelineStages.Of(target, request.Strategy, images is not null);
        return new PlanResult.Planned(
        [
            new()
            {
                Name = PipelineStage,
                Kind = StageKinds.Pipeline,
                Description = $"Bring the pipeline {target.PipelineName} in {installation} up to date",
                Deadline = StageKinds.Deadline(StageKinds.Pipeline),
            },
            Start(target, images is null
                ? $"Start it with {target.Package(request.Release.Version)}"
                : $"Start it with the image that is baked already: {string.Join(", ", images.Select(image => $"{image.Value.Value} in {image.Key}"))}{From(images)}"),
            .. Named(stages),
        ]);
    }

    /// <summary>A pipeline that a team has already: its own stages are the plan's.</summary>
    public static PlanResult Existing(SpinnakerTarget target, JsonElement? config)
    {
        if (config is not { } pipeline)
            return new PlanResult.Impossible("pipeline_not_found", $"{target.Application} has no pipeline {target.PipelineName} in Spinnaker. Look at settings.pipeline.name.");

        if (pipeline.Flag("disabled"))
            return new PlanResult.Impossible("pipeline_disabled", $"The pipeline {target.PipelineName} of {target.Application} is disabled in Spinnaker. Enable it there.");

        var given = target.Settings.Pipeline!.Parameters.Keys;
        var missing = pipeline.Items("parameterConfig")
            .Where(parameter => parameter.Flag("required") && parameter.Text("default") is null && !given.Contains(parameter.Text("name") ?? ""))
            .Select(parameter => parameter.Text("name"))
            .ToList();
        if (missing is not [])
            return new PlanResult.Impossible("parameter_missing", $"The pipeline {target.PipelineName} needs {string.Join(", ", missing)}: say in settings.pipeline.parameters what to give it.");

        var stages = pipeline.Items("stages").Select(json => new ExecutionStage(json));
        return new PlanResult.Planned([Start(target, $"Start the pipeline {target.PipelineName} of {target.Application}"), .. Following(stages)]);
    }

    /// <summary>Spinnaker can not be asked now: the execution is followed as a whole.</summary>
    public static PlanResult Blind(SpinnakerTarget target, string because) => new PlanResult.Planned([Start(target, $"Start the pipeline {target.PipelineName} of {target.Application}"), Whole()])
    {
        Warnings = [$"{because} The deployment waits until it does."],
    };

    /// <summary>An execution that somebody has started in Spinnaker.</summary>
    public static PlanResult Outside(Execution? execution) =>
        new PlanResult.Planned(execution is null || execution.TopStages is [] ? [Whole()] : [.. Following(execution.TopStages)]);

    /// <summary>The fast lane: the server groups of the version are still there.</summary>
    public static PlannedStage Restore(string name, string description) => new()
    {
        Name = name,
        Kind = StageKinds.Restore,
        Description = description,
        Deadline = StageKinds.Deadline(StageKinds.Restore),
    };

    public static PlannedStage Stop() => new()
    {
        Name = StageKinds.Stop,
        Kind = StageKinds.Stop,
        Description = "Cancel the execution in Spinnaker",
        TakesNothingBack = true,
        Deadline = StageKinds.Deadline(StageKinds.Stop),
    };

    private static PlannedStage Start(SpinnakerTarget target, string description) => new()
    {
        Name = StartStage,
        Kind = StageKinds.Start,
        Description = description,
        Deadline = StageKinds.Deadline(StageKinds.Start),
    };

    private static PlannedStage Whole() => new()
    {
        Name = StageKinds.Execution,
        Kind = StageKinds.Execution,
        Description = "Follow the execution in Spinnaker to its end",
        Deadline = StageKinds.Deadline(StageKinds.Execution),
        Interruptible = true,
    };

    private static IEnumerable<PlannedStage> Named(IReadOnlyList<PipelineStage> stages) =>
        stages.Zip(StageNames.Of(stages.Select(stage => stage.Title)), (stage, name) => stage.ToPlan() with { Name = name });

    private static IEnumerable<PlannedStage> Following(IEnumerable<ExecutionStage> stages)
    {
        var sorted = StageOrder.Sort(stages, stage => stage.RefId, stage => stage.After);
        return sorted.Zip(StageNames.Of(sorted.Select(stage => stage.Name)), (stage, name) => new PlannedStage
        {
            Name = name,
            Kind = StageKinds.Of(stage.Type),
            Description = $"{stage.Name} ({stage.Type})",
            Deadline = StageKinds.Deadline(StageKinds.Of(stage.Type)),
            Interruptible = true,
        });
    }

    private static string From(IReadOnlyDictionary<string, Contracts.Versions.ArtifactReference> images) =>
        images.Values.Select(image => image.Deployment).FirstOrDefault(deployment => deployment is not null) is { } deployment ? $" (by {deployment})" : "";
}
