using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Live;
using FleetRelease = Slipway.DeploymentTypes.Release;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>An agent with one service: takes only what is newer, needs time for it, and may fail. It goes on working while nobody hears it.</summary>
internal sealed class SimulatedAgent(Chance chance, Timeline timeline, Action changed)
{
    private readonly Dictionary<FleetRelease, PrepareStatus> prepared = [];
    private FleetRelease? wanted;
    private ServiceState state = ServiceState.Absent;
    private string cause = "";
    private int lives;

    public ulong Generation { get; private set; }

    public FleetRelease? Running { get; private set; }

    /// <summary>The generation for which what runs was started.</summary>
    public ulong StartedFor { get; private set; }

    /// <summary>Every version it has ever run.</summary>
    public HashSet<FleetRelease> EverRan { get; } = [];

    public PrepareStatus? LastPrepare { get; private set; }

    public ServiceStatus Status() => new()
    {
        Generation = Generation,
        State = state,
        Version = wanted?.Version.Value ?? "",
        RunningVersion = Running?.Version.Value ?? "",
        Cause = cause,
        ReasonCode = state is ServiceState.Failed or ServiceState.Unhealthy ? "exited" : "",
        Reason = state is ServiceState.Failed or ServiceState.Unhealthy ? "as the schedule wants it" : "",
    };

    public void Assign(Assignment assigned)
    {
        if (assigned.Generation > Generation)
            Take(assigned.Generation, assigned.Release, assigned.RestartGeneration, assigned.Cause ?? "");

        changed();
    }

    public void Prepare(FleetRelease release, string why)
    {
        if (prepared.TryGetValue(release, out var known) && known.State == PrepareState.PrepareDone)
        {
            LastPrepare = known;
            changed();
            return;
        }

        var life = lives;
        timeline.After(chance.Time(0, 1500), () =>
        {
            if (life != lives)
                return;

            var outcome = chance.Of(2) && !chance.IsCalm ? PrepareState.PrepareFailed : PrepareState.PrepareDone;
            LastPrepare = new() { Version = release.Version.Value, ConfigRevision = (ulong)release.ConfigRevision, State = outcome, Cause = why, ReasonCode = "download_failed", Reason = "as the schedule wants it" };
            prepared[release] = LastPrepare;
            changed();
        });
    }

    /// <summary>Its service breaks some time after it was healthy.</summary>
    public void GetSick()
    {
        if (state != ServiceState.Healthy)
            return;

        state = ServiceState.Unhealthy;
        changed();
    }

    /// <summary>It loses its disk: a new machine of the same name.</summary>
    public void Forget()
    {
        lives++;
        (Generation, StartedFor, Running, wanted, state, cause, LastPrepare) = (0, 0, null, null, ServiceState.Absent, "", null);
        prepared.Clear();
    }

    private void Take(ulong generation, FleetRelease? release, ulong restartGeneration, string why)
    {
        (Generation, cause, wanted) = (generation, why, release);
        if (release is not null && release == Running && state == ServiceState.Healthy && StartedFor >= restartGeneration)
            return;

        state = release is null ? ServiceState.Stopping : ServiceState.Starting;
        var life = lives;
        timeline.After(chance.Time(50, 3000), () =>
        {
            if (life != lives || Generation != generation)
                return;

            (Running, StartedFor) = (release, generation);
            if (release is not null)
                EverRan.Add(release);

            state = release is null ? ServiceState.Stopped : IsHealthy(release) ? ServiceState.Healthy : ServiceState.Failed;
            changed();
        });
    }

    private bool IsHealthy(FleetRelease release) =>
        !chance.Of(release.Version.Value.Contains("bad", StringComparison.Ordinal) ? 80 : chance.IsCalm ? 0 : 4);
}
