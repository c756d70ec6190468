using System.Globalization;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Watching;

/// <summary>For logs: one line for everything that happens, with its time.</summary>
internal sealed class PlainView : IDeploymentView
{
    /// <summary>Above this many instances only the failed ones get a line of their own.</summary>
    private const int ManyInstances = 30;

    private readonly Invocation call;
    private readonly Dictionary<InstanceName, InstanceStep> steps = [];
    private readonly ShownEvents shown = new();
    private readonly StepLines lines;
    private readonly bool many;

    public PlainView(Invocation call, Deployment start)
    {
        this.call = call;
        lines = new StepLines(start.Id);
        many = start.Plan.Stages.SelectMany(s => s.Instances).Distinct().Count() > ManyInstances;
        call.Line(Headline.Of(start));
    }

    public bool WantsState => false;

    public Task RunAsync(Func<Task> watching) => watching();

    public void Refreshed(Deployment deployment)
    {
    }

    public void Happened(DeploymentEvent happened)
    {
        // What a stage has shown at its end belongs before the line that says it has ended.
        if (shown.Read(happened) is { } now)
        {
            foreach (var line in lines.Of(now.Stage, now.Shown))
                Line(happened.Time, line);
        }

        if (Story.IsNews(happened))
            Line(happened.Time, Words.Printable(happened.Message));
    }

    public void InstancesChanged(IReadOnlyList<InstanceProgress> instances)
    {
        foreach (var instance in instances)
        {
            var known = steps.TryGetValue(instance.Instance, out var before) && before == instance.Step;
            steps[instance.Instance] = instance.Step;
            if (known || !(instance.Step == InstanceStep.Failed || (instance.Step is InstanceStep.Healthy or InstanceStep.Unreachable && !many && steps.Count <= ManyInstances)))
                continue;

            var version = instance.Version is { } v ? $" on {v}" : "";
            var reason = instance.Reason is { Length: > 0 } r ? $": {Words.Printable(r)}" : "";
            Line(instance.UpdatedAt, $"  {instance.Instance} {Steps.Name(instance.Step)}{(instance.Step == InstanceStep.Healthy ? version : "")}{reason}");
        }
    }

    public void ConnectionLost(string reason) => Line(call.Time.GetUtcNow(), "connection lost, retrying");

    public void ConnectionRestored() => Line(call.Time.GetUtcNow(), "connected again");

    private void Line(DateTimeOffset time, string text) =>
        call.Line(TimeZoneInfo.ConvertTime(time, call.Time.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture) + "  " + text);
}
