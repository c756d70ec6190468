using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Targets;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>One target's random life: people and CI ask, agents come, go and fail, the server dies at any boundary. Then everything calms down and must settle.</summary>
internal sealed class Schedule : ICrashPoints
{
    private static readonly TimeSpan HeartBeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RecoveryInterval = TimeSpan.FromSeconds(15);

    private readonly Chance chance;
    private readonly SimulatedClock clock = new();
    private readonly Timeline timeline;
    private readonly SimulatedNode server;
    private readonly SimulatedNode ghost;
    private readonly SimulationDatabase database;
    private readonly List<DeploymentId> asked = [];
    private SimulatedNode at;
    private DateTimeOffset nextHeartBeat;
    private DateTimeOffset nextRecovery;
    private int crashIn;
    private bool inHazard;

    public Schedule(int seed, SimulationDatabase database, TargetId target)
    {
        chance = new(seed);
        timeline = new(clock);
        this.database = database;
        Target = target;
        Fleet = new(chance, timeline, clock, database, target) { Hazard = HazardAsync, Heard = Hear };
        server = new(clock, Fleet, database, target, this);
        ghost = new(clock, Fleet, database, target, this);
        at = server;
    }

    public TargetId Target { get; }

    public SimulatedFleet Fleet { get; }

    public int Crashes { get; private set; }

    public int Stale => server.Stale + ghost.Stale;

    public async Task RunAsync()
    {
        server.Start();
        ghost.Start();
        for (var i = 1 + chance.Next(6); i > 0; i--)
            Fleet.Join();

        await SurviveAsync(() => AskAsync(automatic: false));
        for (var i = 10 + chance.Next(20); i > 0; i--)
        {
            await SurviveAsync(ActAsync);
            await PassAsync(chance.Of(30) ? chance.Time(0, 40_000) : chance.Time(0, 2_000));
        }

        await SettleAsync();
        await Invariants.CheckAsync(database, this);
    }

    public void Pass(string point)
    {
        if (crashIn > 0 && --crashIn == 0)
            throw at.Die(point);
    }

    private async Task ActAsync()
    {
        switch (chance.Next(100))
        {
            case < 22:
                await AskAsync(automatic: chance.Of(40));
                break;
            case < 40:
                crashIn = 1 + chance.Next(12);
                break;
            case < 60:
                await ControlAsync();
                break;
            case < 64:
                await server.RollBackTargetAsync("kim");
                break;
            case < 67:
                await RestartTargetAsync();
                break;
            case < 72:
                await OnGhostAsync();
                break;
            case < 75:
                Fleet.Join();
                break;
            case < 80:
                chance.Pick([.. Fleet.Members]).Agent.GetSick();
                break;
            default:
                ChangeConnection();
                break;
        }
    }

    private async Task AskAsync(bool automatic)
    {
        var order = new DeploymentOrder
        {
            By = automatic ? "slipway" : "kim",
            Automatic = automatic,
            Request = new()
            {
                Service = Target.Service,
                Environment = Target.Environment,
                Version = VersionName.Parse(chance.Pick(SimulationDatabase.Versions)),
                NoRollback = chance.Of(8),
                Strategy = chance.Pick<Strategy>(
                [
                    new AllAtOnce(),
                    new Rolling { Batch = Amount.Count(2), Pause = Duration.FromSeconds(chance.Next(2) * 5) },
                    new Canary(),
                    new Canary { Steps = [new() { Soak = Duration.FromSeconds(10) }, new() { Instances = Amount.Percent(50) }] },
                ]),
            },
        };
        asked.Add(order.Id);
        await server.RequestAsync(order);
        if (chance.Of(10))
            await server.RequestAsync(order);
    }

    private async Task RestartTargetAsync()
    {
        var order = new DeploymentOrder { By = "kim", IsRestart = true, Request = new() { Service = Target.Service, Environment = Target.Environment } };
        if ((await server.RequestAsync(order)).Is(out _, out _))
            asked.Add(order.Id);
    }

    private async Task ControlAsync()
    {
        var id = chance.Of(70) ? asked[^1] : chance.Pick(asked);
        await server.ControlAsync(id, chance.Next(10) switch
        {
            < 3 => state => DeploymentControls.Pause(state, "kim", null),
            < 6 => state => DeploymentControls.Resume(state, "kim"),
            < 8 => state => DeploymentControls.Cancel(state, "kim", null),
            _ => state => DeploymentControls.RollBack(state, "kim", null),
        });
    }

    /// <summary>A second activation that does not know of the first.</summary>
    private async Task OnGhostAsync()
    {
        at = ghost;
        try
        {
            if (chance.Of(30))
                await ghost.RecoverAsync(atStart: false);
            else
                await ghost.WakeAsync(chance.Pick(asked));
        }
        finally
        {
            at = server;
        }
    }

    private void ChangeConnection()
    {
        var member = chance.Pick([.. Fleet.Members]);
        if (chance.Of(10))
        {
            member.Disconnect();
            member.Agent.Forget();
        }
        else if (member.Connected)
        {
            member.Disconnect();
        }

        if (chance.Of(60))
            timeline.After(chance.Time(0, 5_000), () => Fleet.Connect(member));
    }

    private async Task HazardAsync(string where)
    {
        if (chance.IsCalm || inHazard)
            return;

        if (chance.Of(1))
            throw at.Die(where);

        if (chance.Of(1))
            throw new IOException($"cut off {where}");

        if (at == server && chance.Of(2))
        {
            inHazard = true;
            try
            {
                await SurviveAsync(OnGhostAsync);
            }
            finally
            {
                inHazard = false;
            }
        }
    }

    private void Hear()
    {
        if (chance.IsCalm || !chance.Of(20))
            server.InstancesChanged();
    }

    private async Task SurviveAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SimulatedCrashException)
        {
            Crashes++;
            await RestartAsync();
        }
        catch (IOException)
        {
            // Whoever asked gets an error; nothing was promised.
        }
    }

    /// <summary>The process starts again and knows what it stored. Agents come back within seconds.</summary>
    private async Task RestartAsync()
    {
        crashIn = 0;
        at = server;
        server.Start();
        ghost.Start();
        foreach (var member in Fleet.Members)
        {
            var wasThere = member.Connected;
            member.Lose();
            if (wasThere)
                timeline.After(chance.Time(0, 3_000), () => Fleet.Connect(member));
        }

        clock.Now += chance.Time(0, 10_000);
        await SurviveAsync(() => server.RecoverAsync(atStart: true));
    }

    private async Task PassAsync(TimeSpan time)
    {
        var end = clock.Now + time;
        while (true)
        {
            var next = Earliest(timeline.Next, server.NextAlarm, nextHeartBeat, nextRecovery);
            if (next > end)
                break;

            clock.Now = next > clock.Now ? next : clock.Now;
            await SurviveAsync(DueAsync);
        }

        clock.Now = end > clock.Now ? end : clock.Now;
    }

    private async Task DueAsync()
    {
        if (nextHeartBeat <= clock.Now)
        {
            nextHeartBeat = clock.Now + HeartBeat;
            foreach (var member in Fleet.Members)
                member.HeartBeat();
        }
        else if (nextRecovery <= clock.Now)
        {
            nextRecovery = clock.Now + RecoveryInterval;
            await server.RecoverAsync(atStart: false);
        }
        else if (timeline.Next <= clock.Now)
        {
            await timeline.RunNextAsync();
        }
        else
        {
            await server.RunDueAsync();
        }
    }

    /// <summary>No more faults; everybody is there and paused deployments are resumed.</summary>
    private async Task SettleAsync()
    {
        crashIn = 0;
        chance.IsCalm = true;
        foreach (var member in Fleet.Members)
            Fleet.Connect(member);

        for (var minutes = 0; minutes < 60; minutes++)
        {
            foreach (var id in await Invariants.PausedAsync(database, Target))
                await server.ControlAsync(id, state => DeploymentControls.Resume(state, "kim"));

            await PassAsync(TimeSpan.FromMinutes(1));
            if (await Invariants.IsQuietAsync(database, Target))
                break;
        }

        await PassAsync(TimeSpan.FromMinutes(1));
    }

    private static DateTimeOffset Earliest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var time in times)
        {
            if (time < earliest)
                earliest = time.Value;
        }

        return earliest;
    }
}
