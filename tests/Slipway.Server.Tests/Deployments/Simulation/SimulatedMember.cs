using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances.Live;
using FleetRelease = Slipway.DeploymentTypes.Release;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>What the server keeps of an instance, and the wire to its agent: messages are slow, may come twice or too late, and are lost with the connection.</summary>
internal sealed class SimulatedMember
{
    private readonly Chance chance;
    private readonly Timeline timeline;
    private readonly SimulatedClock clock;
    private readonly Action heard;
    private int connection;
    private DateTimeOffset lastReport;

    public SimulatedMember(InstanceName name, Chance chance, Timeline timeline, SimulatedClock clock, Action heard)
    {
        (Name, this.chance, this.timeline, this.clock, this.heard) = (name, chance, timeline, clock, heard);
        Agent = new(chance, timeline, Report);
    }

    public InstanceName Name { get; }

    public SimulatedAgent Agent { get; }

    public Assignment Assigned { get; set; } = Assignment.None;

    public bool Connected { get; private set; }

    public ServiceStatus? Reported { get; private set; }

    public PrepareStatus? Prepared { get; private set; }

    public (FleetRelease Release, string Cause)? WantedPrepare { get; set; }

    public FleetStatus Status() => new()
    {
        Instance = Name,
        Connected = Connected,
        Assigned = Assigned.Release,
        AssignedCause = Assigned.Cause,
        AssignedGeneration = Assigned.Generation,
        Reported = Reported,
        Prepare = Prepared,
        AskedToPrepare = WantedPrepare?.Cause,
    };

    public void Connect()
    {
        if (Connected)
            return;

        connection++;
        Connected = true;
        lastReport = clock.Now;
        (Reported, Prepared) = (Agent.Status(), Agent.LastPrepare);
        Push();
        heard();
    }

    public void Disconnect() => Connected = false;

    /// <summary>The server has died: it knows only what it stored.</summary>
    public void Lose()
    {
        Connected = false;
        (Prepared, WantedPrepare) = (null, null);
        if (chance.Of(50))
            Reported = null;
    }

    public void Push()
    {
        if (Assigned.Generation > 0)
        {
            var assigned = Assigned;
            Send(() => Agent.Assign(assigned));
        }

        if (WantedPrepare is { } prepare && Prepared?.Cause != prepare.Cause)
            Send(() => Agent.Prepare(prepare.Release, prepare.Cause));
    }

    /// <summary>Level-triggered: both sides compare what is with what should be.</summary>
    public void HeartBeat()
    {
        if (!Connected)
            return;

        Report();
        Push();
    }

    private void Send(Action message)
    {
        if (!Connected)
            return;

        var sentOn = connection;
        timeline.After(chance.Time(1, 300), () =>
        {
            if (Connected && connection == sentOn)
                message();
        });
        if (!chance.IsCalm && chance.Of(5))
            timeline.After(chance.Time(1000, 20_000), message);
    }

    /// <summary>In order, as a connection keeps it.</summary>
    private void Report()
    {
        if (!Connected)
            return;

        var (sentOn, status, prepare) = (connection, Agent.Status(), Agent.LastPrepare);
        var arrives = clock.Now + chance.Time(1, 300);
        lastReport = arrives > lastReport ? arrives : lastReport;
        timeline.After(lastReport - clock.Now, () =>
        {
            if (!Connected || connection != sentOn)
                return;

            (Reported, Prepared) = (status, prepare);
            heard();
        });
    }
}
