using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Spinnaker.Settings;

namespace Slipway.DeploymentTypes.Spinnaker;

/// <summary>A target by the names it has in Spinnaker.</summary>
internal sealed class SpinnakerTarget(TargetId id, SpinnakerSettings settings)
{
    /// <summary>What server groups are told apart by.</summary>
    public const string VersionTag = "slipway-version";

    public const string DeploymentTag = "slipway-deployment";

    public TargetId Id => id;

    public SpinnakerSettings Settings => settings;

    public string Application => settings.Application ?? id.Service.Value;

    public string Account => settings.Account ?? "";

    public string Stack => settings.Stack ?? id.Environment.Value;

    public string Cluster => ClusterOf(settings.Detail);

    public string CanaryDetail => settings.Detail is { Length: > 0 } detail ? $"{detail}-canary" : "canary";

    public string CanaryCluster => ClusterOf(CanaryDetail);

    public string PipelineName => settings.Pipeline?.Name ?? $"slipway-{id.Service}-{id.Environment}";

    public static SpinnakerTarget Of(TargetId id, ServiceDefinition definition) => new(id, SettingsReader.Read(definition, id.Environment));

    public string Package(VersionName version) => settings.Bake.Package
        .Replace("{service}", id.Service.Value, StringComparison.Ordinal)
        .Replace("{version}", version.Value, StringComparison.Ordinal);

    private string ClusterOf(string? detail) => string.IsNullOrEmpty(detail) ? $"{Application}-{Stack}" : $"{Application}-{Stack}-{detail}";
}
