using System.Diagnostics;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Telemetry;

/// <summary>
/// The spans of deployments. Each is a child of the deployment's request, whose W3C id is stored with the deployment: a server that starts again, or another
/// one, goes on in the same trace and needs nothing else. Nobody listens: nothing is made and nothing is stored.
/// </summary>
internal static class Tracing
{
    public const string SourceName = "Slipway";
    public const string Deployment = "slipway.deployment";
    public const string Stage = "slipway.stage";

    private const string Passed = "slipway.trace";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>What a deployment that is being asked for stores. Null: nobody listens.</summary>
    public static string? Current => Activity.Current is { } activity && activity.Source == Source ? activity.Id : null;

    /// <summary>Takes the trace of an HTTP request along to the grains it calls.</summary>
    public static void PassOn(Activity? request)
    {
        if (request is { IdFormat: ActivityIdFormat.W3C, Id: { } id } && Source.HasListeners())
            RequestContext.Set(Passed, id);
    }

    /// <summary>A deployment is asked for: the first span that is its own.</summary>
    public static Activity? Request(DeploymentId deployment)
    {
        var activity = Source.StartActivity("deployment.request", ActivityKind.Internal, Parse(RequestContext.Get(Passed) as string));
        activity?.SetTag(Deployment, deployment.Value);
        return activity;
    }

    /// <param name="trace">The deployment's. Null: the span goes below what is under way.</param>
    public static Activity? Start(string name, string? trace = null)
    {
        if (trace is null && Activity.Current?.Source != Source)
            return null;

        return Source.StartActivity(name, ActivityKind.Internal, Parse(trace));
    }

    /// <summary>Something that has taken this long when it is over.</summary>
    public static Activity? Past(string name, ActivityContext parent, DateTimeOffset from, ActivityKind kind = ActivityKind.Internal) =>
        parent == default ? null : Source.StartActivity(name, kind, parent, startTime: from);

    public static void End(this Activity? activity, DateTimeOffset at, string? trouble)
    {
        if (activity is null)
            return;

        if (trouble is not null)
            activity.SetStatus(ActivityStatusCode.Error, trouble);

        activity.SetEndTime(at.UtcDateTime);
        activity.Dispose();
    }

    public static ActivityContext Parse(string? trace) => ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default;
}
