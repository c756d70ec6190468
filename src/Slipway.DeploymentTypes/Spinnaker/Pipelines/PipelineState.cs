using System.Text.Json.Nodes;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>How the pipeline in Spinnaker stands to the one that Slipway wants. A closed set.</summary>
internal abstract record PipelineState
{
    private PipelineState()
    {
    }

    public sealed record Missing : PipelineState;

    /// <summary>One of that name that Slipway did not write.</summary>
    public sealed record Foreign : PipelineState;

    public sealed record ChangedByHand(IReadOnlyList<string> Differences) : PipelineState;

    public sealed record Outdated(string Id, JsonObject Update) : PipelineState;

    public sealed record Current(string Id) : PipelineState;

    /// <summary>Why it can not be used. Null: it can, once it is written.</summary>
    public (string Code, string Reason)? Refuse(SpinnakerTarget target) => this switch
    {
        Foreign => ("pipeline_not_managed", $"{target.Application} has a pipeline {target.PipelineName} already that Slipway did not write. Rename or delete it in Spinnaker, or use it as it is with settings.pipeline."),
        ChangedByHand changed => ("pipeline_changed_by_hand", $"Somebody changed the pipeline {target.PipelineName} of {target.Application} in Spinnaker, and Slipway does not overwrite that. Put the change into slipway.yaml, then delete the pipeline there (Slipway writes it again), or use it as it is with settings.pipeline. It differs in: {string.Join("; ", changed.Differences)}."),
        _ => null,
    };
}
