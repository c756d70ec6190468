using System.Text.Json.Nodes;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>One stage twice: as Spinnaker runs it and as Slipway's plan shows it.</summary>
internal sealed record PipelineStage
{
    /// <summary>As people read it in Spinnaker; the plan's name is its short form.</summary>
    public required string Title { get; init; }

    public required string Kind { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Description { get; init; }

    public Duration? Wait { get; init; }

    /// <summary>The stage's own keys.</summary>
    public required JsonObject Json { get; init; }

    public string Name => StageNames.Short(Title);

    public PlannedStage ToPlan() => new()
    {
        Name = Name,
        Kind = Kind,
        Description = Description,
        Wait = Wait,
        Deadline = StageKinds.Deadline(Kind, Wait),
        Interruptible = true,
    };
}
