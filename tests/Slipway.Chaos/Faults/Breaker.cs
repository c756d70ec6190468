using Slipway.Chaos.Client;
using Slipway.Chaos.Stack;

namespace Slipway.Chaos.Faults;

/// <summary>Makes a fault and says how it is mended.</summary>
internal sealed class Breaker(Cluster cluster, Api api)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Who can have which fault here.</summary>
    public IReadOnlyDictionary<FaultKind, IReadOnlyList<string>> Subjects { get; } = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, kind => SubjectsOf(cluster, kind));

    /// <summary>Answers what mends it.</summary>
    public async Task<Func<Task>> BreakAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.KillServer or FaultKind.StopServer or FaultKind.FreezeServer or FaultKind.FillServerDisk:
                var node = cluster.Nodes.Single(node => node.Program.Name == fault.Subject);
                if (fault.Kind == FaultKind.KillServer)
                    await InARequestAsync(fault.Draw);
                return await BreakAsync(fault.Kind, node.Program, node.Disk, node.StartAsync);
            case FaultKind.KillAgent or FaultKind.StopAgent or FaultKind.FreezeAgent or FaultKind.FillAgentDisk:
                var agent = Agent(fault);
                return await BreakAsync(fault.Kind, agent.Program, agent.Disk, () => Done(agent.Program.Start));
            case FaultKind.JumpServerClock:
                return Jump(cluster.Nodes.Single(node => node.Program.Name == fault.Subject).Clock, fault.Draw);
            case FaultKind.JumpAgentClock:
                return Jump(Agent(fault).Clock, fault.Draw);
            case FaultKind.KillService or FaultKind.FreezeService:
                return BreakService(fault);
            case FaultKind.KillDatabase:
                await cluster.Database.KillAsync();
                return cluster.Database.StartAsync;
            case FaultKind.StopDatabase:
                await cluster.Database.StopAsync();
                return cluster.Database.StartAsync;
            default:
                return await BreakNetworkAsync(fault, Agent(fault).Network);
        }
    }

    private static async Task<Func<Task>> BreakAsync(FaultKind kind, Mortal program, SmallDisk disk, Func<Task> start)
    {
        switch (kind)
        {
            case FaultKind.KillServer or FaultKind.KillAgent:
                await program.KillAsync();
                return start;
            case FaultKind.StopServer or FaultKind.StopAgent:
                await program.StopAsync();
                return start;
            case FaultKind.FreezeServer or FaultKind.FreezeAgent:
                program.Freeze();
                return () => Done(program.Thaw);
            default:
                disk.Fill();
                return () => Done(disk.Free);
        }
    }

    private static async Task<Func<Task>> BreakNetworkAsync(Fault fault, AgentNetwork network)
    {
        switch (fault.Kind)
        {
            case FaultKind.PullCable:
                await network.CutAsync();
                break;
            case FaultKind.ResetConnections:
                network.Reset();
                break;
            case FaultKind.RefuseConnections:
                network.Refuse();
                break;
            default:
                await network.SlowAsync(TimeSpan.FromMilliseconds(50 + fault.Draw));
                break;
        }

        return network.MendAsync;
    }

    private static Func<Task> BreakService(Fault fault)
    {
        var running = ServiceProcess.Of(fault.Subject).OrderBy(process => process.Service, StringComparer.Ordinal).ToList();
        if (running.Count == 0)
            return () => Task.CompletedTask;

        var process = running[fault.Draw % running.Count];
        process.Signal(fault.Kind == FaultKind.KillService ? "KILL" : "STOP");
        return () => Done(() => process.Signal("CONT"));
    }

    /// <summary>Every second time: a few milliseconds after somebody has asked for something, where an answer may get lost after its effect.</summary>
    private async Task InARequestAsync(int draw)
    {
        if (draw % 2 != 0)
            return;

        await Task.WhenAny(api.NextPostAsync(), Task.Delay(LongestWait));
        await Task.Delay(draw / 2 % 40);
    }

    /// <summary>Up to four minutes back or ahead, and right again.</summary>
    private static Func<Task> Jump(Clock clock, int draw)
    {
        clock.Jump(TimeSpan.FromSeconds((draw - 500) / 2));
        return () => Done(() => clock.Jump(TimeSpan.Zero));
    }

    private AgentNode Agent(Fault fault) => cluster.Agents.Single(agent => agent.Name == fault.Subject);

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> SubjectsOf(Cluster cluster, FaultKind kind) => kind switch
    {
        FaultKind.FillServerDisk or FaultKind.FillAgentDisk when !Sandbox.IsInside => [],
        FaultKind.JumpServerClock => [.. cluster.Nodes.Where(node => node.Clock.Moves).Select(node => node.Program.Name)],
        FaultKind.JumpAgentClock => [.. cluster.Agents.Where(agent => agent.Clock.Moves).Select(agent => agent.Name)],
        FaultKind.KillServer or FaultKind.StopServer or FaultKind.FreezeServer or FaultKind.FillServerDisk => [.. cluster.Nodes.Select(node => node.Program.Name)],
        FaultKind.KillDatabase or FaultKind.StopDatabase => cluster.Database.CanDie ? ["database"] : [],
        _ => [.. cluster.Agents.Select(agent => agent.Name)],
    };
}
