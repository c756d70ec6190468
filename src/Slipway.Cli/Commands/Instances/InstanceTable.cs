using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

namespace Slipway.Cli.Commands.Instances;

/// <summary>Instances of one service.</summary>
internal static class InstanceTable
{
    public static string Of(IReadOnlyList<Instance> instances, ServiceName service, Invocation call)
    {
        var table = new TextTable("INSTANCE", "STATE", "VERSION", "PORT", "SINCE", "");
        foreach (var instance in instances.OrderBy(i => i.Name))
        {
            var running = instance.Services.FirstOrDefault(s => s.Service == service);
            table.Add(
                instance.Name.Value,
                StateOf(instance, running, call.Ink),
                running?.RunningVersion ?? "-",
                running?.Port is { } port ? Words.Number(port) : "",
                running?.Since is { } since ? Words.Age(call.Time.GetUtcNow() - since) : "",
                Remark(instance, running));
        }

        return table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0, indent: 2);
    }

    public static Cell StateOf(Instance instance, InstanceService? running, Ink ink) => (instance.Connected, running?.State) switch
    {
        (false, _) => new("not connected", ink.Warn),
        (_, null) => new("-", ink.Dim),
        (_, "healthy" or "running") => new(running!.State, ink.Good),
        (_, "failed" or "unhealthy" or "crashed") => new(running!.State, ink.Bad),
        _ => new(running!.State, ink.Busy),
    };

    public static string Remark(Instance instance, InstanceService? running)
    {
        var remarks = new List<string>();
        if (instance.TransportTrouble is { Length: > 0 } trouble)
            remarks.Add($"its queue: {Words.Printable(trouble)}");
        if (running is null)
            return string.Join("; ", remarks);

        if (running.AssignedVersion is { } assigned && assigned != running.RunningVersion)
            remarks.Add($"should run {assigned}");
        if (running.Restarts > 0)
            remarks.Add(Words.Count(running.Restarts, "restart"));
        if (running.Reason is { Length: > 0 } reason)
            remarks.Add(Words.Printable(reason));
        return string.Join("; ", remarks);
    }
}
