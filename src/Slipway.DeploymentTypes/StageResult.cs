using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.DeploymentTypes;

/// <summary>What a call of a stage says. A closed set.</summary>
public abstract record StageResult
{
    private StageResult()
    {
    }

    /// <summary>How the stage's instances are now; the engine stores what changed.</summary>
    public IReadOnlyList<InstanceProgress> Instances { get; init; } = [];

    /// <summary>Stored before the next call, which gets it back. Null: what was stored before stays.</summary>
    public JsonElement? Memory { get; init; }

    /// <summary>What the stage shows of work outside. Null: what it showed before stays.</summary>
    public StageShown? Shown { get; init; }

    /// <summary>The stage is done.</summary>
    public sealed record Succeeded : StageResult
    {
        /// <summary>What later stages and the way back may need.</summary>
        public JsonElement? Output { get; init; }

        /// <summary>What was made for the version, kept with it for the deployments to come.</summary>
        public IReadOnlyList<ArtifactReference> References { get; init; } = [];
    }

    /// <summary>The work said no: the deployment is taken back.</summary>
    /// <param name="Code">Stable, snake_case.</param>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Failed(string Code, string Reason) : StageResult
    {
        public InstanceName? Instance { get; init; }

        /// <summary>The last lines of output, kept after everything else is gone.</summary>
        public IReadOnlyList<string> Evidence { get; init; } = [];
    }

    /// <summary>Call again after this time, or sooner when something happened.</summary>
    public sealed record Waiting(TimeSpan RetryAfter) : StageResult
    {
        /// <summary>What it waits for, in a sentence; becomes the reason if the deadline passes.</summary>
        public string? Note { get; init; }
    }

    /// <summary>The work outside stands still: because that was wished, or because somebody paused it there.</summary>
    /// <param name="RetryAfter">When to look whether it still does.</param>
    public sealed record Paused(TimeSpan RetryAfter) : StageResult
    {
        /// <summary>Who paused it, where it was not Slipway.</summary>
        public string? By { get; init; }
    }

    /// <summary>The work outside goes on again although a pause is wished: somebody resumed it there.</summary>
    public sealed record Resumed(string By) : StageResult;

    /// <summary>We could not tell: tried again, with back-off, until the stage's deadline.</summary>
    public sealed record Errored(string Cause) : StageResult;
}
