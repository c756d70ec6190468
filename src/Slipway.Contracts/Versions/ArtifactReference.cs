using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>Something made once for a version that lies outside of Slipway, such as a machine image. Deployments to further environments use it again.</summary>
public sealed record ArtifactReference
{
    /// <summary>What it is: "ami", "image".</summary>
    public required string Kind { get; init; }

    /// <summary>Where it can be used, for example a region.</summary>
    public required string Location { get; init; }

    /// <summary>Its id there.</summary>
    public required string Value { get; init; }

    /// <summary>Its name there, where it has one.</summary>
    public string? Name { get; init; }

    /// <summary>A digest of the settings it was made with; one made with other settings is not used again. Absent: usable for any.</summary>
    public string? Recipe { get; init; }

    /// <summary>The deployment that made it. Absent: it was published with the version.</summary>
    public DeploymentId? Deployment { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
