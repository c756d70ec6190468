using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;

namespace Slipway.DeploymentTypes;

/// <summary>What is to be taken back.</summary>
public sealed record RollbackRequest
{
    public required DeploymentId Deployment { get; init; }

    public required TargetId Target { get; init; }

    /// <summary>What ran before. Null: nothing.</summary>
    public Release? Previous { get; init; }

    /// <summary>The definition <see cref="Previous"/> was published with; the failed version's own where nothing ran before.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>The stages that have begun, finished or not.</summary>
    public required IReadOnlyList<PlannedStage> Begun { get; init; }

    /// <summary>What the stages that have succeeded gave, by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What was made outside of Slipway for the version of <see cref="Previous"/>, newest first.</summary>
    public IReadOnlyList<ArtifactReference> PreviousReferences { get; init; } = [];
}
