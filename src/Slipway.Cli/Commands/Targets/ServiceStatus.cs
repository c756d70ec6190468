using System.Text;
using Slipway.Cli.Commands.Instances;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Targets;

/// <summary>One service: each of its targets with everything that is worth knowing, and the instances.</summary>
internal static class ServiceStatus
{
    public static string Render(ServiceName service, IReadOnlyList<Target> targets, IReadOnlyList<Instance> instances, IReadOnlyDictionary<TargetId, InstanceGroups> groups, Invocation call)
    {
        if (targets.Count == 0)
            return $"{service} runs nowhere yet. Next: slipway deploy {service} --to <environment> --wait\n";

        var text = new StringBuilder();
        foreach (var target in targets)
        {
            if (text.Length > 0)
                text.Append('\n');
            AddTarget(text, target, call);
            var here = instances.Where(i => i.Environment == target.Environment).ToList();
            if (here.Count > 0)
                text.Append(InstanceTable.Of(here, service, call));
            if (groups.TryGetValue(new(target.Service, target.Environment), out var seen))
                text.Append(GroupTable.Of(seen, call));
        }

        return text.ToString();
    }

    private static void AddTarget(StringBuilder text, Target target, Invocation call)
    {
        var now = call.Time.GetUtcNow();
        var ink = call.Ink;
        text.Append(ink.Strong($"{target.Service} in {target.Environment}")).Append("   ");
        text.Append(StatusMatrix.PaintOf(target, ink)($"{StatusMatrix.VersionOf(target)}   {StatusMatrix.HealthOf(target)}{(target.Instances.Total > 0 ? " healthy" : "")}")).Append('\n');

        if (target.DeployedAt is { } at)
            Add("deployed", $"{Words.Ago(now - at)}{(target.DeployedBy is { } by ? $" by {by}" : "")}{(target.Deployment is { } id ? $" ({id})" : "")}");
        if (target.PreviousVersion is { } previous && previous != target.Version)
            Add("before", $"{previous}");
        if (target.ConfigRevision is { } config)
            Add("config", $"revision {config}");
        if (target.RunningVersions.Count > 1)
            Add("mixed", string.Join(", ", target.RunningVersions.Select(v => $"{v.Value} on {v.Key}")));
        if (target.Instances.Total > target.Instances.Connected)
            Add("away", $"{Words.Count(target.Instances.Total - target.Instances.Connected, "instance")} not connected");
        if (target.AutoDeploy is { } auto)
            Add("automatic", $"every version of branch {auto.Branch}");
        if (target.RunningDeployment is { } running)
            Add("deploying", $"slipway watch {running}");
        if (target.QueuedDeployment is { } queued)
            Add("queued", queued.Value);
        foreach (var drift in target.Drift)
            Add("drift", Words.Printable(drift), ink.Warn);
        if (target.Hold is { } hold)
        {
            Add("hold", $"{Words.Printable(hold.Reason)} ({hold.PlacedBy}, {Words.Ago(now - hold.PlacedAt)})");
            Add("", $"to lift it: slipway unhold {target.Service} --in {target.Environment}");
        }

        void Add(string name, string value, Func<string, string>? paint = null)
        {
            var wrapped = Words.Wrap(value, call.Width, 13);
            text.Append("  ").Append(ink.Dim(name.PadRight(11))).Append(paint?.Invoke(wrapped) ?? wrapped).Append('\n');
        }
    }
}
