using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>What kinds of stages there are in plans of type spinnaker, and how long each may take.</summary>
internal static class StageKinds
{
    public const string Pipeline = "pipeline";
    public const string Start = "start";
    public const string Bake = "bake";
    public const string Approve = "approve";
    public const string Canary = "canary";
    public const string Deploy = "deploy";
    public const string Check = "check";
    public const string Soak = "soak";
    public const string Cleanup = "cleanup";
    public const string Other = "stage";

    /// <summary>The whole execution as one stage: what there is where nothing is known of it.</summary>
    public const string Execution = "execution";

    public const string Stop = "stop";
    public const string Restore = "restore";

    public static string Of(string type) => type switch
    {
        "bake" or "bakeManifest" or "findImage" or "findImageFromTags" => Bake,
        "manualJudgment" => Approve,
        "kayentaCanary" or "canary" => Canary,
        "deploy" or "createServerGroup" or "deployManifest" or "cloneServerGroup" or "rollbackCluster" => Deploy,
        "checkPreconditions" or "webhook" => Check,
        "wait" => Soak,
        "destroyServerGroup" or "shrinkCluster" or "scaleDownCluster" => Cleanup,
        _ => Other,
    };

    /// <summary>
    /// Spinnaker has its own, shorter times for all of it (an hour for a bake, three days for a judgment). These also cover a Spinnaker that is away for an hour.
    /// </summary>
    public static Duration Deadline(string kind, Duration? wait = null) => kind switch
    {
        Pipeline or Start or Stop => Duration.FromMinutes(3 * 60),
        Bake => Duration.FromMinutes(4 * 60),
        Approve or Execution or Other => new(TimeSpan.FromDays(4)),
        Canary => new(TimeSpan.FromDays(2)),
        Soak => new((wait?.Time ?? TimeSpan.FromDays(1)) + TimeSpan.FromHours(3)),
        _ => Duration.FromMinutes(6 * 60),
    };
}
