using System.Text.Json;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Spinnaker.Settings;

/// <summary>The <c>settings:</c> of a service of type spinnaker, for one target.</summary>
public sealed record SpinnakerSettings
{
    /// <summary>The connection. Default: the only one to a Spinnaker.</summary>
    public string? Spinnaker { get; init; }

    /// <summary>The application in Spinnaker. Default: the service's name.</summary>
    public string? Application { get; init; }

    /// <summary>The account in whose name server groups are made.</summary>
    public string? Account { get; init; }

    /// <summary>aws (default) or another cloud provider of Spinnaker whose clusters have regions, capacity and images.</summary>
    public string Provider { get; init; } = "aws";

    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Region to availability zones. Default: those that Spinnaker chooses.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Zones { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The cluster's name is application-stack-detail. Default: the environment's name.</summary>
    public string? Stack { get; init; }

    public string? Detail { get; init; }

    /// <summary>What is baked. Default: the package {service}_{version}_all.</summary>
    public BakeSettings Bake { get; init; } = new();

    public CapacitySettings Capacity { get; init; } = new();

    public IReadOnlyList<string> LoadBalancers { get; init; } = [];

    public IReadOnlyList<string> TargetGroups { get; init; } = [];

    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    public string? InstanceType { get; init; }

    public string? KeyPair { get; init; }

    public string? IamRole { get; init; }

    public string? SubnetType { get; init; }

    /// <summary>EC2 or ELB.</summary>
    public string? HealthCheckType { get; init; }

    /// <summary>How long a new instance may take before its health counts.</summary>
    public Duration? HealthCheckGrace { get; init; }

    /// <summary>How much of a new server group must be healthy before traffic moves, in percent. Default: 100.</summary>
    public int HealthyPercentage { get; init; } = 100;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Anything else that a cluster of Spinnaker's deploy stage may have; wins over what Slipway writes, but for what tells versions apart.</summary>
    public JsonElement? Cluster { get; init; }

    /// <summary>Somebody has to say yes before instances are made.</summary>
    public ApprovalSettings? Approval { get; init; }

    /// <summary>What has to be true after the deploy stage.</summary>
    public IReadOnlyList<CheckSettings> Checks { get; init; } = [];

    /// <summary>How long the new instances are watched by Spinnaker's checks of health before the deployment counts as done.</summary>
    public Duration? Soak { get; init; }

    /// <summary>How a canary is judged by Kayenta. Without: by the health of its instances, for as long as its step soaks.</summary>
    public CanarySettings? Canary { get; init; }

    /// <summary>An existing pipeline that does everything, instead of one that Slipway writes.</summary>
    public ExistingPipeline? Pipeline { get; init; }
}

/// <summary>How an image is made. Fields are those of Spinnaker's bake stage.</summary>
public sealed record BakeSettings
{
    /// <summary>The name of the package as the bakery knows it; {service} and {version} are filled in. Default: {service}_{version}_all.</summary>
    public string Package { get; init; } = "{service}_{version}_all";

    public string? BaseOs { get; init; }

    public string? BaseLabel { get; init; }

    public string? BaseAmi { get; init; }

    public string? VmType { get; init; }

    public string? StoreType { get; init; }

    public string? AmiName { get; init; }

    public string? AmiSuffix { get; init; }

    public string? TemplateFileName { get; init; }

    public IReadOnlyDictionary<string, string> ExtendedAttributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>How many instances.</summary>
public sealed record CapacitySettings
{
    public int Min { get; init; } = 1;

    public int Max { get; init; } = 1;

    public int Desired { get; init; } = 1;

    /// <summary>As many as the server group before has, where there is one.</summary>
    public bool FromCurrent { get; init; }
}

/// <summary>A manual judgment.</summary>
public sealed record ApprovalSettings
{
    /// <summary>What to look at before answering.</summary>
    public string Text { get; init; } = "Deploy this version?";

    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Who may answer, by Spinnaker's roles. The account of the connection needs one of them too.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>beforeDeploy (default) or afterCanary.</summary>
    public string When { get; init; } = "beforeDeploy";
}

/// <summary>One check after the deploy stage: an expression that must be true, or an address that must answer.</summary>
public sealed record CheckSettings
{
    public string? Name { get; init; }

    /// <summary>In Spinnaker's expression language.</summary>
    public string? Expression { get; init; }

    /// <summary>Called with GET by Spinnaker's webhook stage; a status below 400 passes.</summary>
    public string? Url { get; init; }
}

/// <summary>Kayenta's part of a canary.</summary>
public sealed record CanarySettings
{
    /// <summary>The id of the canary config.</summary>
    public string Config { get; init; } = "";

    public string? MetricsAccount { get; init; }

    public string? StorageAccount { get; init; }

    public Duration Lifetime { get; init; } = Duration.FromMinutes(60);

    public Duration Interval { get; init; } = Duration.FromMinutes(15);

    public Duration WarmUp { get; init; } = Duration.FromMinutes(5);

    /// <summary>Seconds between points.</summary>
    public int Step { get; init; } = 60;

    /// <summary>0 to 100. Kayenta's own suggestion: 95.</summary>
    public int Pass { get; init; } = 95;

    /// <summary>0 to 100. Kayenta's own suggestion: 75.</summary>
    public int Marginal { get; init; } = 75;
}

/// <summary>A pipeline that a team has already.</summary>
public sealed record ExistingPipeline
{
    public string Name { get; init; } = "";

    /// <summary>The pipeline's parameters: text with {service}, {environment}, {version}, {deployment} filled in. Default: version.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string> { ["version"] = "{version}" };
}
