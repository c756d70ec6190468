using System.Diagnostics;
using System.Runtime.CompilerServices;
using Prometheus;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Telemetry;

/// <summary>From an agent being told something to its first word about it, and, in the deployment's trace, to the end of its work.</summary>
internal sealed class CommandWatch(IMetricFactory metrics, OpenTraces traces, TimeProvider time)
{
    private readonly ConditionalWeakTable<LiveMember, Command> under = [];
    private readonly Histogram latency = metrics.CreateHistogram(
        "slipway_command_latency_seconds",
        "From telling an agent what to run to its first word about it.",
        ["transport"],
        new HistogramConfiguration { Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    /// <summary>Agents are about to be told. Dispose what it answers when they have been.</summary>
    public Activity? Telling(string what, string cause)
    {
        if (Of(cause) is not { } deployment || traces.Of(deployment) is var parent && parent == default)
            return null;

        var span = Tracing.Source.StartActivity("deployment.tell", ActivityKind.Producer, parent);
        span?.SetTag(Tracing.Deployment, deployment.Value);
        span?.SetTag("slipway.what", what);
        span?.SetTag("slipway.cause", cause);
        return span;
    }

    /// <summary>One of them. Being told the same again does not start it anew, also when it has been done.</summary>
    public void Told(LiveMember member, Assignment assigned, Activity? telling)
    {
        var numbers = (assigned.Generation, assigned.RestartGeneration);
        if (!under.TryGetValue(member, out var known) || known.Numbers != numbers)
            under.AddOrUpdate(member, new(numbers, assigned.Cause ?? "", telling?.Context ?? default, time.GetTimestamp(), time.GetUtcNow()));
    }

    /// <summary>An agent says something, which may be anything.</summary>
    public void Heard(LiveInstance instance, ToServer message)
    {
        if (message.Status is { } status && Find(instance, status.Service) is { } member)
            Heard(member, status);
        else if (message.PrepareStatus is { } prepare && Find(instance, prepare.Service) is { } preparing)
            Heard(preparing, prepare);
    }

    private void Heard(LiveMember member, ServiceStatus status)
    {
        if (!under.TryGetValue(member, out var command) || command.Numbers.Generation != status.Generation)
            return;

        if (command.FirstWord())
        {
            var transport = member.Instance.Facts.Transport == Transport.Aws ? "aws" : "direct";
            latency.WithLabels(transport).Observe(time.GetElapsedTime(command.Timestamp).TotalSeconds);
        }

        if (status.State is not (ServiceState.Healthy or ServiceState.Failed or ServiceState.Stopped or ServiceState.Absent) || !command.LastWord())
            return;

        var span = Tracing.Past("agent.activate", command.Span, command.At, ActivityKind.Consumer);
        Tag(span, member, command.Cause);
        span?.SetTag("slipway.version", status.Version);
        span?.SetTag("slipway.generation", (long)status.Generation);
        if (status.Timings is { } took)
        {
            span?.SetTag("slipway.prepare_ms", took.PrepareMs);
            span?.SetTag("slipway.drain_ms", took.DrainMs);
            span?.SetTag("slipway.stop_ms", took.StopMs);
            span?.SetTag("slipway.start_ms", took.StartMs);
        }

        span.End(time.GetUtcNow(), status.State == ServiceState.Failed ? status.Reason : null);
    }

    private void Heard(LiveMember member, PrepareStatus status)
    {
        if (status.State is not (PrepareState.PrepareDone or PrepareState.PrepareFailed) || Of(status.Cause) is not { } deployment)
            return;

        var now = time.GetUtcNow();
        var span = Tracing.Past("agent.prepare", traces.Of(deployment), now - TimeSpan.FromMilliseconds(Math.Max(0, status.DurationMs)), ActivityKind.Consumer);
        Tag(span, member, status.Cause);
        span?.SetTag("slipway.version", status.Version);
        span.End(now, status.State == PrepareState.PrepareFailed ? status.Reason : null);
    }

    private static LiveMember? Find(LiveInstance instance, string service) =>
        ServiceName.TryParse(service, out var name) ? instance.Member(name) : null;

    private static void Tag(Activity? span, LiveMember member, string cause)
    {
        span?.SetTag("slipway.instance", member.Instance.Name.Value);
        span?.SetTag("slipway.service", member.Service.Value);
        span?.SetTag("slipway.cause", cause);
    }

    /// <summary>Causes of deployments are deployment/stage/attempt.</summary>
    private static DeploymentId? Of(string cause) =>
        cause.IndexOf('/', StringComparison.Ordinal) is > 0 and var end && DeploymentId.TryParse(cause[..end], out var id) ? id : null;

    private sealed class Command((ulong Generation, ulong Restart) numbers, string cause, ActivityContext span, long timestamp, DateTimeOffset at)
    {
        private int heard;
        private int ended;

        public (ulong Generation, ulong Restart) Numbers => numbers;

        public string Cause => cause;

        public ActivityContext Span => span;

        public long Timestamp => timestamp;

        public DateTimeOffset At => at;

        public bool FirstWord() => Interlocked.Exchange(ref heard, 1) == 0;

        public bool LastWord() => Interlocked.Exchange(ref ended, 1) == 0;
    }
}
