using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>A service that does nothing but run, in as many versions as a test wants.</summary>
internal static class Shop
{
    public const string Name = "shop";

    public static async Task DescribeAsync(Fleet fleet, string more = "", string name = Name)
    {
        var file = Path.Combine(fleet.Folder, $"{name}.yaml");
        await File.WriteAllTextAsync(file, $"service: {name}\nrun: ./run\nhealth: {{ settle: 100ms }}\ndrain: {{ wait: 0s }}\n{more}");
        await fleet.MustAsync("apply", "-f", file);
    }

    /// <param name="run">What the program does after it has said its version.</param>
    public static async Task PublishAsync(Fleet fleet, string version, string run = "exec sleep 3600", string name = Name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(fleet.Folder, $"{name}-{version}")).FullName;
        var program = Path.Combine(folder, "run");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho this is {version}\n{run}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await fleet.MustAsync("publish", name, version, folder);
    }

    public static async Task RunsEverywhereAsync(Fleet fleet, string version, string name = Name, TimeSpan? atMost = null)
    {
        foreach (var agent in fleet.Agents)
            await RunsOnAsync(fleet, agent, version, name, atMost);
    }

    /// <summary>As the server knows from the agent.</summary>
    public static Task RunsOnAsync(Fleet fleet, AgentProcess agent, string version, string name = Name, TimeSpan? atMost = null) => Patience.UntilAsync(
        $"{version} runs on {agent.Name}",
        async () => await fleet.ServiceOnAsync(agent, name) is { State: "healthy" } service && service.RunningVersion == version,
        atMost,
        () => fleet.Server.Output + agent.Output);
}
